import type { MicroscaleResult, ModelInput, Report } from '../../protocol/report.ts';

/** What two models, one of each report, have in common. */
export interface ComparedPair {
  readonly before: ModelInput;
  readonly after: ModelInput;
  readonly macroscale: Both<Report['results']['macroscale'][number]>;
  /** Of one rule, where there is one that both have. */
  readonly microscale: Both<MicroscaleResult>;
  /** Further rules that both have energies of. */
  readonly otherNeighbours: readonly string[];
  readonly verification: Both<Report['results']['verification'][number]>;
}

export interface Both<Result> {
  readonly before: Result | null;
  readonly after: Result | null;
}

export function pairOf(before: ModelInput, after: ModelInput, one: Report, other: Report): ComparedPair {
  const both = <R extends { readonly model: string }>(list: (report: Report) => readonly R[]): Both<R> => ({
    before: list(one).find(({ model }) => model === before.name) ?? null,
    after: list(other).find(({ model }) => model === after.name) ?? null,
  });
  const rules = fieldsOf(one, before);
  const others = fieldsOf(other, after);
  const common = [...rules.keys()].filter((rule) => others.has(rule));
  const [rule] = common;
  return {
    before,
    after,
    macroscale: both(({ results }) => results.macroscale),
    microscale: {
      before: (rule === undefined ? first(rules) : rules.get(rule)) ?? null,
      after: (rule === undefined ? first(others) : others.get(rule)) ?? null,
    },
    otherNeighbours: common.slice(1),
    verification: both(({ results }) => results.verification),
  };
}

/** By neighbour rule. */
function fieldsOf({ results }: Report, { name }: ModelInput): ReadonlyMap<string, MicroscaleResult> {
  return new Map(
    results.microscale.flatMap((result) => (result.model === name ? [[result.neighbours, result]] : [])),
  );
}

function first<T>(map: ReadonlyMap<string, T>): T | undefined {
  return map.values().next().value;
}

export function hasOneMetric({ before, after }: Both<{ readonly metric: string }>): boolean {
  return !before || !after || before.metric === after.metric;
}

/** A section that one side lacks has no rows: each would say that and nothing else. */
export function whereBoth<R, T>({ before, after }: Both<R>, compare: (before: R, after: R) => T): T | null {
  return before && after ? compare(before, after) : null;
}
