import { benjaminiHochberg, holm } from '../numerics/multiplicity.ts';

interface TestedRow {
  readonly pPermutation: number | null;
  readonly pAdjusted: number | null;
  readonly pHolm: number | null;
}

interface TestedAttribute {
  readonly pEnergy: number | null;
  readonly pEnergyAdjusted: number | null;
}

interface Tested<Row, Attribute> {
  readonly rows: Row[];
  readonly attributes: Attribute[];
}

/**
 * The results of all models with p-values adjusted over attributes × modalities × models; energy distances, one
 * test an attribute, over attributes × models. Without permutations nothing is adjusted.
 */
export function adjustPValues<Row extends TestedRow, Attribute extends TestedAttribute>(
  results: readonly Tested<Row, Attribute>[],
): Tested<Row, Attribute>[] {
  const ps = results.flatMap(({ rows }) => numbers(rows.map(({ pPermutation }) => pPermutation)));
  const energies = results.flatMap(({ attributes }) => numbers(attributes.map(({ pEnergy }) => pEnergy)));
  const adjusted = benjaminiHochberg(ps).values();
  const familyWise = holm(ps).values();
  const adjustedEnergies = benjaminiHochberg(energies).values();
  return results.map(({ rows, attributes }) => ({
    rows: rows.map((row) =>
      row.pPermutation === null
        ? row
        : { ...row, pAdjusted: adjusted.next().value!, pHolm: familyWise.next().value! },
    ),
    attributes: attributes.map((row) =>
      row.pEnergy === null ? row : { ...row, pEnergyAdjusted: adjustedEnergies.next().value! },
    ),
  }));
}

function numbers(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
