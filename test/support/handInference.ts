import type { MacroscaleRow, Report } from '../../src/protocol/report.ts';
import { handReport } from './handReport.ts';

/**
 * The hand report with permutations, bootstraps, confounders and a second model, every number written out: Hat is
 * beyond chance on both sides, Beard on its positive side, Age and Scar are noise.
 */
export function handReportWithInference(): Report {
  const report = handReport();
  const first = report.results.macroscale[0]!;
  first.inference = { permutations: 1999, bootstraps: 1000, nBins: 2048, maxPoints: null };
  const rows: Readonly<Record<string, Partial<MacroscaleRow>>> = {
    'Hat positive': inferred(0.0005, 0.0035, 0.0035, 0.03, [0.18, 0.22]),
    'Hat negative': inferred(0.002, 0.0047, 0.01, 0.03, [0.04, 0.06]),
    'Beard positive': inferred(0.001, 0.0035, 0.006, 0.04, [-0.15, -0.09]),
    'Beard negative': inferred(0.03, 0.0525, 0.12, 0.07, [0.02, 0.14]),
    'Age positive': inferred(0.4, 0.56, 1, 0.03, [-0.008, 0.032]),
    'Age negative': inferred(0.7, 0.7, 1, 0.03, [-0.032, 0.008]),
    'Scar negative': inferred(0.6, 0.7, 1, 0.16, [-0.25, 0.05]),
  };
  for (const row of first.rows) Object.assign(row, rows[`${row.attribute} ${row.modality}`]);
  const hat = first.rows[0]!;
  Object.assign(hat, {
    ksUpper: 0.2015,
    auc: 0.64,
    aucCi: [0.62, 0.66],
    meanDifference: 0.5,
    meanDifferenceCi: [0.4, 0.6],
    repeats: { n: 5, mean: 0.19, sd: 0.01, min: 0.18, max: 0.205 },
  });
  first.attributes = [
    {
      attribute: 'Hat',
      ksMax: 0.2,
      ksMean: 0.125,
      ksWeightedSum: 410,
      ksWeightedMean: 0.0891,
      energyDistance: 0.0145,
      pEnergy: 0.0005,
      pEnergyAdjusted: 0.00125,
      energyDistanceCi: [0.0125, 0.0165],
    },
  ];
  first.conditional = [conditional('negative', 0.05, 0.06, 0.04), conditional('positive', 0.03, 0.14, 0.041)];
  report.results.associations = [
    { kind: 'attribute', a: 'Hat', b: 'Beard', nImages: 4600, phi: 0.72, cramersV: 0.72, phiOfPeople: 0.8 },
    { kind: 'attribute', a: 'Age', b: 'Hat', nImages: 4600, phi: -0.35, cramersV: 0.35, phiOfPeople: null },
    { kind: 'attribute', a: 'Scar', b: 'Hat', nImages: 4600, phi: 0.1, cramersV: 0.1, phiOfPeople: 0.1 },
    { kind: 'attribute', a: 'Beard', b: 'Scar', nImages: 4600, phi: 0.5, cramersV: 0.5, phiOfPeople: 0.5 },
    { kind: 'column', a: 'Hat', b: 'Scar', nImages: 4600, phi: null, cramersV: 0.9, phiOfPeople: null },
  ];
  addSecondModel(report);
  return report;
}

function inferred(
  pPermutation: number,
  pAdjusted: number,
  pHolm: number,
  null95: number,
  ci: [number, number],
): Partial<MacroscaleRow> {
  return { pPermutation, pAdjusted, pHolm, null95, nEffective: (1.3581 / null95) ** 2, ci };
}

function conditional(modality: 'positive' | 'negative', ks: number, ksUnmatched: number, null95: number) {
  return {
    attribute: 'Hat',
    given: 'Beard',
    modality,
    nIdentities: 30,
    nWithin: 435,
    nCross: 900,
    ks,
    sign: 1 as const,
    ksUnmatched,
    signUnmatched: 1 as const,
    permutations: 199,
    pPermutation: 0.2,
    null95,
  };
}

/** Hat alone, at half the distance, and spreading on its negative side. */
function addSecondModel({ inputs, results }: Report): void {
  const first = results.macroscale[0]!;
  const [positive, negative] = structuredClone(first.rows.slice(0, 2));
  Object.assign(positive!, { ks: 0.1, ci: [0.08, 0.12], ksUpper: null, repeats: null });
  Object.assign(negative!, { ks: 0.04, sign: -1, ci: [-0.05, -0.03], pAdjusted: 0.0006 });
  results.macroscale.push({
    ...structuredClone(first),
    model: 'sface',
    rows: [positive!, negative!],
    attributes: [],
    conditional: [],
    distributions: [],
  });
  inputs.models.push({ ...inputs.models[0]!, name: 'sface' });
  results.comparisons = [
    {
      modelA: 'arcface-r50',
      modelB: 'sface',
      bootstraps: 1000,
      rows: [
        { attribute: 'Hat', modality: 'positive', nIdentities: 50, difference: 0.1, ci: [0.07, 0.13] },
        { attribute: 'Hat', modality: 'negative', nIdentities: 50, difference: 0.09, ci: [-0.01, 0.19] },
      ],
    },
  ];
}
