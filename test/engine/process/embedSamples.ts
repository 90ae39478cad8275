import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { lineBytes } from '../../../src/embedding/storeFormat.ts';
import { renderSvgAsJpeg } from '../../../src/models/decoder.ts';
import { encodeModel } from '../../../src/models/onnxProto.ts';
import type { EmbedJob } from '../../../src/protocol/jobs.ts';
import { embedDefaults } from '../../support/jobDefaults.ts';
import { smallConvNet } from '../../support/onnxNets.ts';

export const nImages = 160;

/** Width of the net's embedding. */
const dim = 16;

/**
 * A folder of small pictures and a net of some GMAC for each batch of four: 40 batches, slow enough for a look
 * into the middle on any machine. `storeFolder` makes another store for the same job.
 */
export async function embedJob(t: TestContext): Promise<(storeFolder: string) => EmbedJob> {
  const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'faces');
  mkdirSync(data);
  for (let i = 0; i < nImages; i++) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><circle cx="16" cy="${i % 32}" r="${4 + i / 32}" fill="hsl(${i * 7} 80% 50%)"/></svg>`;
    writeFileSync(join(data, `${String(i).padStart(3, '0')}.jpg`), await renderSvgAsJpeg(svg, 90));
  }
  const path = join(folder, 'net.onnx');
  writeFileSync(path, encodeModel(smallConvNet({ extraLayers: 200 })));
  return (storeFolder) => ({
    ...embedDefaults,
    kind: 'embed',
    data,
    models: [{ path }],
    storeFolder: join(folder, storeFolder),
  });
}

/** The whole rows of a store's files as they lie on the disk: numbers by key, as hex. */
export function rowsOnDisk(store: string): ReadonlyMap<string, string> {
  const vectors = readFileSync(join(store, 'vectors.f32'));
  const index = readFileSync(join(store, 'index.txt'), 'latin1');
  const rowBytes = dim * 4;
  const whole = Math.min(Math.floor(vectors.length / rowBytes), Math.floor(index.length / lineBytes));
  return new Map(
    Array.from({ length: whole }, (_, i) => [
      index.slice(i * lineBytes, i * lineBytes + 64),
      vectors.toString('hex', i * rowBytes, (i + 1) * rowBytes),
    ]),
  );
}
