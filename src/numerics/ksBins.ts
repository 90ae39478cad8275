import { instantiate, type WasmMemory } from './wasm/instantiate.ts';
import { sampleBinsBytes } from './wasm/sampleBinsBytes.ts';

/** Equal bins from `min` on, `scale` of them in a unit. */
export interface Binning {
  readonly min: number;
  readonly scale: number;
  readonly bins: number;
}

/** The number of the bin of each value (and more), and how many each bin holds; where there is one bin, no numbers. */
export interface BinnedValues {
  readonly numbers: Uint16Array;
  readonly counts: Int32Array;
}

interface Range {
  readonly values: Float64Array;
  readonly min: number;
  readonly max: number;
}

/**
 * Bins over the range of the second sample, which may be compared with others; over both where the first
 * sticks far out, so that its ends do not crowd the outer bins. One bin, that is plain sorting, where values
 * are few or their range is not a finite positive number.
 */
export function chooseBinning(first: Range, second: Range): Binning {
  const margin = (second.max - second.min) / 4;
  const sticksOut = !(first.min >= second.min - margin && first.max <= second.max + margin);
  const min = sticksOut ? Math.min(first.min, second.min) : second.min;
  const max = sticksOut ? Math.max(first.max, second.max) : second.max;
  const scale = manyBins / (max - min);
  const nValues = first.values.length + second.values.length;
  const usable = nValues >= fewValues && scale > 0 && scale < Infinity;
  return usable ? { min, scale, bins: manyBins } : { min: 0, scale: 0, bins: 1 };
}

/** Enough that a bin in question holds few values to sort; their numbers fit into 16 bits. */
const manyBins = 65_536;
/** Below this, sorting is faster than clearing the bins. */
const fewValues = 4096;

/** The least and the largest value; NaN where one is NaN. */
export function endsOf(values: Float64Array): { readonly min: number; readonly max: number } {
  const { kernel, part, ends } = memoryOfKernel();
  ends.set([Infinity, Infinity, -Infinity, -Infinity, 0, 0]);
  for (let from = 0; from < values.length; from += atOnce) {
    kernel.ends(partsAt.values, load(part, values, from), partsAt.ends);
  }
  // A lane of ones is a NaN.
  if (ends[4] !== 0 || ends[5] !== 0) return { min: Number.NaN, max: Number.NaN };
  return { min: Math.min(ends[0]!, ends[1]!), max: Math.max(ends[2]!, ends[3]!) };
}

/**
 * Subtracting, scaling, cutting off and clamping never change the order of two values, whatever is rounded: a
 * bin holds neighbours, and the counts at bin edges are exact. What was in `memory` is written over, and it
 * saves the system from clearing new pages.
 */
export function binSample(
  values: Float64Array,
  { min, scale, bins }: Binning,
  memory: BinnedValues | null,
): BinnedValues {
  const counts = memory?.counts.length === bins ? memory.counts : new Int32Array(bins);
  if (bins === 1) {
    counts[0] = values.length;
    return { counts, numbers: noNumbers };
  }
  const isLong = memory !== null && memory.numbers.length >= values.length;
  const numbers = isLong ? memory.numbers : new Uint16Array(values.length);
  const { kernel, part, numbersOfPart, countsOfPart } = memoryOfKernel();
  countsOfPart.fill(0);
  for (let from = 0; from < values.length; from += atOnce) {
    const n = Math.min(atOnce, values.length - from);
    kernel.number(partsAt.values, load(part, values, from), min, scale, bins - 1, partsAt.numbers);
    kernel.count(partsAt.numbers, n, partsAt.counts);
    numbers.set(numbersOfPart.subarray(0, n), from);
  }
  counts.set(countsOfPart);
  return { counts, numbers };
}

const noNumbers = new Uint16Array(0);

/** The sample's values in the wanted bins, sorted: bins are in order, so they lie bin after bin. */
export function valuesIn(
  wanted: Uint8Array,
  values: Float64Array,
  { numbers, counts }: BinnedValues,
): Float64Array {
  if (counts.length === 1) return values.toSorted();
  const out = new Float64Array(countWanted(wanted, counts));
  const { kernel, part, numbersOfPart, picked, wantedOfPart } = memoryOfKernel();
  wantedOfPart.set(wanted);
  let k = 0;
  for (let from = 0; from < values.length; from += atOnce) {
    load(part, values, from);
    const n = Math.min(atOnce, values.length - from);
    numbersOfPart.set(numbers.subarray(from, from + n));
    const nPicked = kernel.pick(partsAt.values, partsAt.numbers, n, partsAt.wanted, partsAt.picked);
    out.set(picked.subarray(0, nPicked), k);
    k += nPicked;
  }
  return out.sort();
}

function countWanted(wanted: Uint8Array, counts: Int32Array): number {
  let n = 0;
  for (let bin = 0; bin < wanted.length; bin++) if (wanted[bin] === 1) n += counts[bin]!;
  return n;
}

/** Values that are copied into the kernel's memory for one call; an even number. */
const atOnce = 4096;

/** Where the parts lie in the kernel's memory, in bytes. */
const partsAt = {
  values: 0,
  numbers: 32_768,
  ends: 40_960,
  // One more than `atOnce`: see the kernel.
  picked: 41_024,
  wanted: 73_856,
  counts: 139_392,
  end: 401_536,
} as const;

interface Kernel {
  readonly memory: WasmMemory;
  ends(values: number, n: number, ends: number): void;
  number(values: number, n: number, min: number, scale: number, last: number, numbers: number): void;
  count(numbers: number, n: number, counts: number): void;
  pick(values: number, numbers: number, n: number, wanted: number, picked: number): number;
}

let loaded: ReturnType<typeof loadKernel> | undefined;

function memoryOfKernel() {
  return (loaded ??= loadKernel());
}

function loadKernel() {
  const kernel = instantiate(sampleBinsBytes, partsAt.end) as Kernel;
  const { buffer } = kernel.memory;
  return {
    kernel,
    part: new Float64Array(buffer, partsAt.values, atOnce),
    numbersOfPart: new Uint16Array(buffer, partsAt.numbers, atOnce),
    ends: new Float64Array(buffer, partsAt.ends, 6),
    picked: new Float64Array(buffer, partsAt.picked, atOnce),
    wantedOfPart: new Uint8Array(buffer, partsAt.wanted, manyBins),
    countsOfPart: new Int32Array(buffer, partsAt.counts, manyBins),
  };
}

/** Copies values[from…] to `part`, as many as it holds; their number, made even by the last one twice. */
function load(part: Float64Array, values: Float64Array, from: number): number {
  const n = Math.min(part.length, values.length - from);
  part.set(values.subarray(from, from + n));
  if (n % 2 === 0) return n;
  part[n] = values[from + n - 1]!;
  return n + 1;
}
