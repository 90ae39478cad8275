import { describeRule } from '../../domain/attributeColumn.ts';
import type { Comparison } from '../../protocol/comparisonSchema.ts';
import type { DatasetInput, ModelInput, Report } from '../../protocol/report.ts';
import { matchModels } from './matchModels.ts';

export type Change = Comparison['changes'][number];

/** What a report was made of. */
export type Origin = Pick<Report, 'inputs' | 'createdBy'>;

const absent = '—';

/**
 * Every input that differs, under a dotted name, with both values as texts; what a side does not have is «—». What
 * an older report could not say (files, the state of the data set before anything was left out) is no change.
 * Paths must be relative to one folder.
 */
export function changedInputs(before: Origin, after: Origin): Change[] {
  const [one, other] = [before.inputs, after.inputs];
  return [
    ...datasetChanges(one.dataset, other.dataset),
    ...modelChanges(one.models, other.models),
    ...changesOf('lattice', one.lattice, other.lattice),
    ...changesOf('options', one.options, other.options),
    ...changesOf('seed', one.seed, other.seed),
    ...changesOf('createdBy.version', before.createdBy.version, after.createdBy.version),
    ...changesOf('libraries', one.libraries, other.libraries),
  ];
}

function datasetChanges(one: DatasetInput, other: DatasetInput): Change[] {
  const hasSources = one.source !== null && other.source !== null;
  const hasFiles = one.annotationFile !== null && other.annotationFile !== null;
  const traits = (dataset: DatasetInput) => ({
    ...dataset,
    source: hasSources ? dataset.source : null,
    annotationFile: hasFiles ? dataset.annotationFile : null,
    attributes: null,
    subset: dataset.subset.map(
      ({ step, nImages, nIdentities }) => `${step}: ${nImages} images of ${nIdentities} people`,
    ),
  });
  return [...changesOf('dataset', traits(one), traits(other)), ...attributeChanges(one, other)];
}

/** Names that one side alone has, in one line; a name of another rule in a line of its own. */
function attributeChanges(one: DatasetInput, other: DatasetInput): Change[] {
  const rulesOf = ({ attributes }: DatasetInput) =>
    new Map(attributes.map(({ name, rule }) => [name, describeRule(rule)]));
  const [rules, others] = [rulesOf(one), rulesOf(other)];
  const alone = (own: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>) =>
    [...own.keys()].filter((name) => !theirs.has(name));
  const shared = [...rules.keys()].filter((name) => others.has(name));
  return [
    ...changesOf('dataset.attributes', alone(rules, others), alone(others, rules)),
    ...shared.flatMap((name) => changesOf(`dataset.attributes.${name}`, rules.get(name), others.get(name))),
  ];
}

function modelChanges(one: readonly ModelInput[], other: readonly ModelInput[]): Change[] {
  const { matches, beforeAlone, afterAlone } = matchModels(one, other);
  return [
    ...matches.flatMap(([a, b]) => {
      const knowsFiles = a.file !== null && b.file !== null;
      return changesOf(`models.${a.name}`, traits(a, knowsFiles), traits(b, knowsFiles));
    }),
    ...beforeAlone.flatMap(({ name, sha256 }) => changesOf(`models.${name}`, sha256, undefined)),
    ...afterAlone.flatMap(({ name, sha256 }) => changesOf(`models.${name}`, undefined, sha256)),
  ];
}

function traits(model: ModelInput, withFile: boolean) {
  const { alignment, provider } = model;
  return {
    ...model,
    why: null,
    file: withFile ? model.file : null,
    alignment:
      alignment?.kind === 'detected' ? { ...alignment, provider: alignment.provider.ran } : alignment,
    provider: provider && { requested: provider.requested, ran: provider.ran },
  };
}

function changesOf(name: string, before: unknown, after: unknown): Change[] {
  const [one, other] = [leaves(name, before), leaves(name, after)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((input) => {
    const [old, now] = [one.get(input) ?? absent, other.get(input) ?? absent];
    return old === now ? [] : [{ input, before: old, after: now }];
  });
}

/** Dotted names and texts; items of lists that have a name are told apart by it. */
function leaves(name: string, value: unknown): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (Array.isArray(value)) return listLeaves(name, value);
  if (typeof value !== 'object') return new Map([[name, textOf(value)]]);
  return new Map(Object.entries(value).flatMap(([key, item]) => [...leaves(`${name}.${key}`, item)]));
}

function listLeaves(name: string, items: readonly unknown[]): Map<string, string> {
  if (items.length === 0) return new Map();
  if (!items.every(isNamed)) return new Map([[name, items.map(textOf).join(', ')]]);
  return new Map(items.flatMap(({ name: own, ...rest }) => [...leaves(`${name}.${own}`, rest)]));
}

function isNamed(item: unknown): item is { readonly name: string } {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string';
}

function textOf(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}
