import { maxBins, maxCells, placement, type ScanBins, type ScanPoints } from './pairScanner.ts';
import { lanesOfGroup, type ScanLanes, sumsOfBin, writeMasks } from './scanLanes.ts';
import { instantiate, type WasmMemory } from './wasm/instantiate.ts';
import { pairScanBytes } from './wasm/pairScanBytes.ts';

interface Module {
  readonly memory: WasmMemory;
  place(
    at: number,
    n: number,
    root: number,
    factor: number,
    term: number,
    lastCell: number,
    map: number,
  ): void;
  count(offsets: number, n: number, lanes: number, table: number): void;
  fold(table: number, nBins: number, masks: number, sums: number): void;
}

/** Partners of a point in one call: twice as many must be a u16. */
export const maxPartners = 32_767;

/**
 * Counts pairs of points by bin and label in the memory of a WebAssembly module: products are written into
 * `products`, a block of rows, and each row is counted against a panel of partners.
 */
export class ScanKernel {
  /** Room for a block of products, row by row. */
  readonly products: Float32Array<ArrayBuffer>;
  readonly #module: Module;
  readonly #lanes: ScanLanes;
  readonly #at: Layout;
  readonly #maxPairsInSums: number;
  #bins: ScanBins | null = null;
  #place: ReturnType<typeof placement> = { root: false, factor: 0, term: 0 };
  #pairs = 0;
  #totals: Float64Array<ArrayBuffer>[] = [];

  /** `maxPairsInSums`: where the module's own sums, u32 that count a pair twice at most, are emptied. */
  constructor(lanes: ScanLanes, panel: number, nProducts: number, maxPairsInSums = 2 ** 31 - 1) {
    this.#lanes = lanes;
    this.#maxPairsInSums = maxPairsInSums;
    this.#at = layout(lanes.groups.length, panel, nProducts);
    this.#module = instantiate(pairScanBytes, this.#at.end) as Module;
    this.products = new Float32Array(this.#module.memory.buffer, 0, nProducts);
  }

  /** Begins a pass. */
  setBins(bins: ScanBins, metric: ScanPoints['metric']): void {
    this.#bins = bins;
    this.#place = placement(metric, bins);
    const { buffer } = this.#module.memory;
    new Uint16Array(buffer, this.#at.map, maxCells).set(bins.binOfCell);
    this.#totals = this.#lanes.groups.map(() => new Float64Array(bins.nBins * sumsOfBin));
    new Uint8Array(buffer, this.#at.table, this.#at.end - this.#at.table).fill(0);
    this.#pairs = 0;
  }

  /** Partners from `from` to before `to` are what rows are counted against next. */
  setPanel(from: number, to: number): void {
    this.#lanes.groups.forEach((lanes, group) => {
      const into = new Uint16Array(
        this.#module.memory.buffer,
        this.#at.lanes(group),
        (to - from) * lanesOfGroup,
      );
      into.set(lanes.subarray(from * lanesOfGroup, to * lanesOfGroup));
    });
  }

  /**
   * Counts `n` pairs of `point`: their products lie from number `product` on, their partners in the panel from
   * number `partner` on. Up to three products behind them are overwritten: the last rows of a block go first.
   */
  countRow(point: number, product: number, partner: number, n: number): void {
    const { binOfCell, nBins } = this.#bins!;
    const { root, factor, term } = this.#place;
    const { map, masks, table } = this.#at;
    if (n > this.#maxPairsInSums - this.#pairs) this.#empty();
    this.#pairs += n;
    const rounded = Math.ceil(n / 4) * 4;
    this.#module.place(4 * product, rounded, Number(root), factor, term, binOfCell.length - 1, map);
    const view = new Uint16Array(this.#module.memory.buffer, masks, 3 * lanesOfGroup);
    this.#lanes.groups.forEach((lanes, group) => {
      writeMasks(lanes, point, this.#lanes.isSingle[group]!, view);
      this.#module.count(4 * product, n, this.#at.lanes(group) + 2 * lanesOfGroup * partner, table);
      this.#module.fold(table, nBins, masks, this.#at.sums(group));
    });
  }

  /** Sums of each group since `setBins`, for `countsOfLanes`. */
  finish(): Float64Array<ArrayBuffer>[] {
    this.#empty();
    return this.#totals;
  }

  #empty(): void {
    this.#totals.forEach((total, group) => {
      const sums = new Uint32Array(this.#module.memory.buffer, this.#at.sums(group), total.length);
      for (let i = 0; i < total.length; i++) total[i]! += sums[i]!;
      sums.fill(0);
    });
    this.#pairs = 0;
  }
}

interface Layout {
  readonly map: number;
  readonly masks: number;
  readonly table: number;
  readonly end: number;
  lanes(group: number): number;
  sums(group: number): number;
}

/** Addresses; products come first. */
function layout(nGroups: number, panel: number, nProducts: number): Layout {
  const map = align(4 * nProducts + 16);
  const masks = map + 2 * maxCells;
  const lanes = masks + 6 * lanesOfGroup;
  const bytesOfPanel = 2 * lanesOfGroup * panel;
  const table = lanes + nGroups * bytesOfPanel;
  const sums = table + 2 * lanesOfGroup * maxBins;
  const bytesOfSums = 4 * sumsOfBin * maxBins;
  return {
    map,
    masks,
    table,
    end: sums + nGroups * bytesOfSums,
    lanes: (group) => lanes + group * bytesOfPanel,
    sums: (group) => sums + group * bytesOfSums,
  };
}

/** A v128 may lie anywhere, but is fastest on its own boundary. */
function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
