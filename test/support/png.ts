import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** Pixels of an 8-bit RGB PNG without interlacing; for tests of pure functions, which need no decoder of the product. */
export function readRgbPng(path: URL): { width: number; height: number; pixels: Uint8Array } {
  const bytes = readFileSync(path);
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.readUInt16BE(24) !== 0x0802) throw new Error(`${path.pathname} is no 8-bit RGB PNG.`);
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width * 3, height) };
}

function unfilter(raw: Uint8Array, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const left = x >= 3 ? out[y * stride + x - 3]! : 0;
      const up = y > 0 ? out[(y - 1) * stride + x]! : 0;
      const corner = x >= 3 && y > 0 ? out[(y - 1) * stride + x - 3]! : 0;
      const predictions = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + predictions[filter]!;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
