import type { MacroscaleResult, ModelInput, Report, VerificationResult } from '../src/protocol/report.ts';

/** A model with all that the report found about it. */
export interface ReportModel {
  /** Its name, told apart by metric or number where names repeat. */
  readonly label: string;
  readonly name: string;
  readonly input: ModelInput | null;
  readonly macroscale: MacroscaleResult | null;
  readonly verification: VerificationResult | null;
}

/**
 * The models of a report's results, in their order. Results of different sections are one model's where name and
 * metric agree, the first with the first where these repeat.
 */
export function modelsOf({ results, inputs }: Report): ReportModel[] {
  const found = new Map<string, Pick<ReportModel, 'macroscale' | 'verification'> & Named>();
  const add = <Part extends 'macroscale' | 'verification'>(
    part: Part,
    list: readonly (NonNullable<ReportModel[Part]> & Named)[],
  ) => {
    const seen = new Map<string, number>();
    for (const result of list) {
      const key = JSON.stringify([result.model, result.metric]);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      const { model, metric } = result;
      const before = found.get(`${nth} ${key}`) ?? { model, metric, macroscale: null, verification: null };
      found.set(`${nth} ${key}`, { ...before, [part]: result });
    }
  };
  add('macroscale', results.macroscale);
  add('verification', results.verification);
  const labels = new Set<string>();
  return [...found.values()].map(({ model, metric, macroscale, verification }) => ({
    label: uniqueLabel(model, metric, labels),
    name: model,
    input: inputs.models.find(({ name }) => name === model) ?? null,
    macroscale,
    verification,
  }));
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
