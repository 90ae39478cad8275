/** The WebAssembly modules of `src/numerics/wasm`, as TypeScript that holds their bytes. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import wabt from 'wabt';

const folder = 'src/numerics/wasm';

/** Of each `name.wat`, a file `nameBytes.ts` beside it. */
export async function wasmModules(): Promise<Map<string, string>> {
  const toolkit = await wabt();
  const files = new Map<string, string>();
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.wat')).sort()) {
    const module = toolkit.parseWat(name, await readFile(join(folder, name), 'utf8'), { simd: true });
    module.validate();
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    module.destroy();
    const stem = name.replace(/\.wat$/, '');
    const text = `/** Made from ${name} by \`npm run generate\`: base64. */\nexport const ${stem}Bytes =\n  '${base64}';\n`;
    files.set(`${folder}/${stem}Bytes.ts`, text);
  }
  return files;
}
