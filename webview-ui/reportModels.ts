import type {
  DiscriminativeResult,
  MacroscaleResult,
  MicroscaleResult,
  ModelInput,
  Report,
  VerificationResult,
} from '../src/protocol/report.ts';

/** A model with all that the report found about it. */
export interface ReportModel {
  /** Its name, told apart by metric or number where names repeat. */
  readonly label: string;
  readonly name: string;
  readonly input: ModelInput | null;
  readonly macroscale: MacroscaleResult | null;
  readonly verification: VerificationResult | null;
  readonly discriminative: DiscriminativeResult | null;
  readonly microscale: MicroscaleGroup | null;
}

/** Fields of one model in one metric, by each neighbour rule. */
export interface MicroscaleGroup {
  readonly model: string;
  readonly metric: string;
  /** At least one. */
  readonly results: readonly MicroscaleResult[];
}

/**
 * The models of a report's results, in their order. Results of different sections are one model's where name and
 * metric agree, the first with the first where these repeat.
 */
export function modelsOf({ results, inputs }: Report): ReportModel[] {
  const found = new Map<string, Pick<ReportModel, Part> & Named>();
  const add = <P extends Part>(
    part: P,
    list: readonly NonNullable<ReportModel[P]>[],
    metricOf: (result: NonNullable<ReportModel[P]>) => string,
  ) => {
    const seen = new Map<string, number>();
    for (const result of list) {
      const { model } = result;
      const metric = metricOf(result);
      const key = JSON.stringify([model, metric]);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      const before = found.get(`${nth} ${key}`) ?? { model, metric, ...noResults };
      found.set(`${nth} ${key}`, { ...before, [part]: result });
    }
  };
  add('macroscale', results.macroscale, ({ metric }) => metric);
  add('verification', results.verification, ({ metric }) => metric);
  // Rows of unit length are what the cosine sees.
  add('discriminative', results.discriminative, ({ inputs: rows }) =>
    rows === 'unitNorm' ? 'cosine' : 'euclidean',
  );
  add('microscale', microscaleGroups(results.microscale), ({ metric }) => metric);
  const labels = new Set<string>();
  return [...found.values()].map(({ model, metric, ...parts }) => ({
    label: uniqueLabel(model, metric, labels),
    name: model,
    input: inputs.models.find(({ name }) => name === model) ?? null,
    ...parts,
  }));
}

type Part = 'macroscale' | 'verification' | 'discriminative' | 'microscale';

const noResults = {
  macroscale: null,
  verification: null,
  discriminative: null,
  microscale: null,
} satisfies Record<Part, null>;

/** A rule that comes again is of the next model of that name. */
function microscaleGroups(results: readonly MicroscaleResult[]): MicroscaleGroup[] {
  const groups: { model: string; metric: string; results: MicroscaleResult[] }[] = [];
  for (const result of results) {
    const { model, metric, neighbours } = result;
    const group = groups.find(
      (one) =>
        one.model === model &&
        one.metric === metric &&
        !one.results.some((before) => before.neighbours === neighbours),
    );
    if (group) group.results.push(result);
    else groups.push({ model, metric, results: [result] });
  }
  return groups;
}

interface Named {
  readonly model: string;
  readonly metric: string;
}

function uniqueLabel(model: string, metric: string, taken: Set<string>): string {
  let label = model;
  if (taken.has(label)) label = `${model} · ${metric}`;
  for (let n = 2; taken.has(label); n++) label = `${model} · ${n}`;
  taken.add(label);
  return label;
}
