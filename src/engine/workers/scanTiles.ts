import { encodeModel } from '../../models/onnxProto.ts';
import { onnxGraph, onnxModel, onnxNode, valueInfo } from '../../models/onnxBuild.ts';
import { OnnxSession } from '../../models/onnxRuntime.ts';
import { partnerRows, type ScanPoints } from '../../numerics/pairScanner.ts';

/** A block of the matrix of products: rows and columns from `…Start` to before `…End`. */
export interface Tile {
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly columnStart: number;
  readonly columnEnd: number;
  /** Where the columns begin that all tiles with this number share. */
  readonly panelStart: number;
}

/** Columns are partners and stay in memory for a row of tiles; 512 × 8192 products, 16 MB, stay near the cache. */
export const panelColumns = 8192;
const mostRows = 512;
const fewestRows = 64;

export function rowsOfTile(n: number, nThreads: number): number {
  return Math.min(mostRows, Math.max(fewestRows, Math.ceil(n / (8 * nThreads))));
}

/** The tiles that hold all pairs, panel by panel; those without a pair are left out. */
export function tilesOf({ n, firstPartners }: ScanPoints, nThreads: number): Tile[] {
  const rows = rowsOfTile(n, nThreads);
  const tiles: Tile[] = [];
  for (let panelStart = 0; panelStart < n; panelStart += panelColumns) {
    const columnEnd = Math.min(n, panelStart + panelColumns);
    for (let rowStart = 0; rowStart < columnEnd; rowStart += rows) {
      const columnStart = Math.max(panelStart, firstPartners[rowStart]!);
      if (columnStart >= columnEnd) continue;
      tiles.push({
        rowStart,
        rowEnd: Math.min(n, columnEnd, rowStart + rows),
        columnStart,
        columnEnd,
        panelStart,
      });
    }
  }
  return tiles;
}

/** Counters that threads share: the next tile that nobody has taken, and whether to stop. */
export const nextTile = 0;
export const stopped = 1;

/** Products of tiles on one thread, in single precision. */
export class TileProducts {
  readonly #points: ScanPoints;
  readonly #session: OnnxSession;
  readonly #rows: Float32Array;
  readonly #partners: Float32Array;
  #panelStart = -1;

  private constructor(points: ScanPoints, session: OnnxSession, nThreads: number) {
    this.#points = points;
    this.#session = session;
    this.#rows = new Float32Array(rowsOfTile(points.n, nThreads) * points.dim);
    this.#partners = new Float32Array(Math.min(points.n, panelColumns) * points.dim);
  }

  static async open(points: ScanPoints, nThreads: number): Promise<TileProducts> {
    const session = await OnnxSession.open(encodeModel(gramModel()), { provider: 'cpu', threads: 1 });
    return new TileProducts(points, session, nThreads);
  }

  /** Whether `tile` begins another panel than the one before. */
  beginsPanel({ panelStart }: Tile): boolean {
    return panelStart !== this.#panelStart;
  }

  /** Rows times columns into `out`, row by row. */
  async multiply(tile: Tile, out: Float32Array): Promise<void> {
    const { rowStart, rowEnd, columnStart, columnEnd, panelStart } = tile;
    const { n, dim, data } = this.#points;
    if (this.beginsPanel(tile)) {
      partnerRows(this.#points, panelStart, Math.min(n, panelStart + panelColumns), this.#partners);
      this.#panelStart = panelStart;
    }
    const rows = rowEnd - rowStart;
    const columns = columnEnd - columnStart;
    this.#rows.set(data.subarray(rowStart * dim, rowEnd * dim));
    await this.#session.run(
      {
        A: { data: this.#rows.subarray(0, rows * dim), shape: [rows, dim] },
        B: {
          data: this.#partners.subarray((columnStart - panelStart) * dim, (columnEnd - panelStart) * dim),
          shape: [columns, dim],
        },
      },
      { Y: { data: out.subarray(0, rows * columns), shape: [rows, columns] } },
    );
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}

function gramModel() {
  const graph = onnxGraph({
    name: 'gram',
    nodes: [onnxNode('Gemm', ['A', 'B'], ['Y'], { transB: 1 })],
    inputs: [valueInfo('A', 'float32', ['m', 'k']), valueInfo('B', 'float32', ['n', 'k'])],
    outputs: [valueInfo('Y', 'float32', ['m', 'n'])],
  });
  return onnxModel(graph, { opset: 13 });
}
