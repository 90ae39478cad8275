import {
  type MacroscaleRow,
  type Report,
  reportSchema,
  type VerificationResult,
} from '../../src/protocol/report.ts';
import { noInference } from './sampleInference.ts';
import { sampleReport } from './sampleReport.ts';

/**
 * A small report of which every number is written out: Hat clusters on both sides, Beard spreads where it is
 * present, Age was cut at its median, Scar was tested on one side only, Twin not at all.
 */
export function handReport(verification: VerificationResult[] = []): Report {
  const report = sampleReport({
    nAttributes: 5,
    names: ['Hat', 'Beard', 'Age', 'Scar', 'Twin'],
    inference: false,
  });
  const [macroscale] = report.results.macroscale;
  return reportSchema.parse({
    ...report,
    inputs: {
      ...report.inputs,
      dataset: {
        ...report.inputs.dataset,
        attributes: [
          { name: 'Hat', rule: { kind: 'binary' } },
          { name: 'Beard', rule: { kind: 'oneVsRest', column: 'hair', value: 'beard' } },
          { name: 'Age', rule: { kind: 'medianSplit', column: 'age', median: 41 } },
          { name: 'Scar', rule: { kind: 'binary' } },
          { name: 'Twin', rule: { kind: 'binary' } },
        ],
      },
    },
    results: {
      verification,
      faces: [],
      extremes: [],
      people: null,
      associations: [],
      comparisons: [],
      discriminative: [],
      microscale: [],
      microscaleComparisons: [],
      fieldAlignments: [],
      retentions: [],
      fieldDrawings: [],
      energyValidations: [],
      attributes: ['Hat', 'Beard', 'Age', 'Scar', 'Twin'].map((attribute) => ({
        attribute,
        nPositive: 1200,
        nNegative: 3400,
        nUnknown: 5,
        globalAverage: -0.478,
        intraEntropy: 0.125,
        interEntropy: 4.25,
      })),
      macroscale: [
        {
          ...macroscale!,
          inference: { permutations: 0, bootstraps: 0, nBins: 2048, maxPoints: null },
          attributes: [],
          correlations: [],
          conditional: [],
          rows: [
            row('Hat', 'positive', 0.2, 1, -40.3),
            row('Hat', 'negative', 0.05, 1, -2.5),
            row('Beard', 'positive', 0.12, -1, -14.25),
            row('Beard', 'negative', 0.08, 1, -6.125),
            row('Age', 'positive', 0.012, 1, -0.2),
            row('Age', 'negative', 0.012, -1, -0.2),
            row('Scar', 'negative', 0.1, -1, -3.5),
          ],
          distributions: [
            {
              attribute: 'Hat',
              min: 0,
              max: 2,
              withinPositive: [1, 3, 4, 2],
              withinNegative: [0, 5, 5, 0],
              cross: [0, 2, 6, 2],
            },
          ],
        },
      ],
    },
  } satisfies Report);
}

function row(
  attribute: string,
  modality: 'positive' | 'negative',
  ks: number,
  sign: 1 | -1,
  log10P: number,
): MacroscaleRow {
  return {
    attribute,
    modality,
    nImages: 50,
    nIdentities: 50,
    nWithin: 1225,
    nCross: 2490,
    ks,
    location: 1,
    cdfWithin: 0.2 + (sign > 0 ? ks : 0),
    cdfCross: 0.2 + (sign > 0 ? 0 : ks),
    sign,
    meanWithin: 1.05,
    meanCross: 1.125,
    pNaive: 10 ** log10P,
    log10PNaive: log10P,
    pMethod: 'asymptotic',
    ...noInference,
  };
}
