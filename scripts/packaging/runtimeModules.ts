import { onnxruntimeFiles, platformOf, type Target } from './targets.ts';

/** A package that cannot be bundled, and of its files those that the product loads or has to show. */
export interface RuntimeModule {
  readonly name: string;
  /** Of `package-lock.json`. */
  readonly version: string;
  readonly integrity: string;
  /** Files by their paths inside the package, with forward slashes; each pattern matches one at least. */
  readonly keep: readonly RegExp[];
}

/** The part of `package-lock.json` that is read here. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

/**
 * What lies in `dist/node_modules`: ONNX Runtime and sharp with what they require, both for one platform, and the
 * WebAssembly form of sharp, which the engine takes where Electron's GLib clashes with the native one.
 * Throws where the lock file does not know one of them.
 */
export function runtimeModules(target: Target, lockfile: Lockfile): RuntimeModule[] {
  return [...commonFiles, ...platformFiles(target)].map(([name, keep]) => {
    const { version, integrity } = lockfile.packages[`node_modules/${name}`] ?? {};
    if (version === undefined || integrity === undefined)
      throw new Error(`package-lock.json knows no ${name}, which a package for ${target} needs.`);
    return { name, version, integrity, keep };
  });
}

/** Kept of each package that has them. */
export const papers: readonly RegExp[] = [/^package\.json$/, /^licen[cs]e(\.(md|txt))?$/i];

const commonFiles: readonly (readonly [name: string, keep: readonly RegExp[]])[] = [
  ['onnxruntime-common', [/^dist\/cjs\/.*\.(js|json)$/]],
  ['sharp', [/^dist\/\w+\.[cm]js$/]],
  ['@img/colour', [/^\w+\.cjs$/]],
  ['@img/sharp-wasm32', [/^index\.cjs$/, /^versions\.json$/, /^lib\/sharp-wasm32-[\d.]+\.node\.(js|wasm)$/]],
  ['@emnapi/runtime', [/^index\.js$/, /^dist\/emnapi\.cjs(\.min)?\.js$/]],
  ['detect-libc', [/^lib\/[\w-]+\.js$/]],
  ['semver', [/^index\.js$/, /^(classes|functions|internal|ranges)\/[\w-]+\.js$/]],
];

function platformFiles(target: Target): typeof commonFiles {
  const { os, cpu } = platformOf(target);
  const libraries = onnxruntimeFiles[os].map((file) => exactly(`bin/napi-v6/${os}/${cpu}/${file}`));
  const sharp = [/^README\.md$/, /^index\.cjs$/, /^lib\/sharp-[\w.-]+\.node$/];
  const vips = [/^README\.md$/, /^versions\.json$/, /^lib\/libvips[\w.-]+$/];
  return [
    ['onnxruntime-node', [/^dist\/\w+\.js$/, ...libraries]],
    // On Windows libvips lies in the package of sharp.
    [`@img/sharp-${target}`, os === 'win32' ? [...sharp, ...vips] : sharp],
    ...(os === 'win32' ? [] : [[`@img/sharp-libvips-${target}`, vips] as const]),
  ];
}

function exactly(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.')}$`);
}
