import { readFileSync } from 'node:fs';
import type { VectorField } from '../../src/analyses/fieldEnergy.ts';
import { readFloat32Npy } from './npy.ts';

const folder = new URL('../fixtures/microscale/', import.meta.url);

export interface ExpectedBall {
  readonly radius: number;
  readonly energy_with_self: number;
  readonly energy_without_self: number | 'NaN';
  readonly isolated_points: number;
}

export type ExpectedMetric = Readonly<Record<string, number | ExpectedBall>> & {
  readonly d_avg: number;
  readonly knn_10: number;
  readonly knn_5: number;
  readonly inverse_distance: number;
};

export interface Expected {
  readonly fields: Readonly<
    Record<
      string,
      {
        readonly all_pairs_energy: number;
        readonly cosine: ExpectedMetric;
        readonly euclidean: ExpectedMetric;
      }
    >
  >;
  readonly inter_attribute: {
    readonly order: readonly string[];
    readonly mean_paired_one_minus_cos: readonly (readonly number[])[];
  };
  readonly degenerate: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

export const microscaleExpected = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
) as Expected;

export function microscaleField(name: string): VectorField {
  const [start, base, end] = [0, 1, 2].map((step) =>
    readFloat32Npy(new URL(`${name}_x${step}.npy`, folder)),
  ) as [
    ReturnType<typeof readFloat32Npy>,
    ReturnType<typeof readFloat32Npy>,
    ReturnType<typeof readFloat32Npy>,
  ];
  return { n: base.rows, dim: base.dim, start: start.data, base: base.data, end: end.data };
}

/** One float64 a point. */
export function microscalePerPoint(name: string): Float64Array {
  const bytes = readFileSync(new URL(`${name}_per_point.npy`, folder));
  const start = 10 + bytes.readUInt16LE(8);
  return new Float64Array(new Uint8Array(bytes.subarray(start)).buffer);
}
