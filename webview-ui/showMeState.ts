import type { AttributeRule } from '../src/domain/attributeColumn.ts';
import type { ExtremePairs, FaceExamples } from '../src/protocol/exampleSchema.ts';
import type { MacroscaleResult, Report } from '../src/protocol/report.ts';
import type { Noun } from './macroscaleState.ts';

/** What the chosen attribute looks like, and what the ends of its distributions look like to the model. */
export interface ShowMeView {
  readonly attribute: string;
  readonly rule: AttributeRule;
  readonly noun: Noun;
  readonly model: string;
  readonly metric: MacroscaleResult['metric'];
  /** `null`: the report names none. */
  readonly faces: FaceExamples | null;
  readonly pairs: PairsView;
}

export type PairsView =
  | {
      readonly kind: 'pairs';
      readonly extremes: ExtremePairs;
      /** Of how many points they are the ends: all that were compared, or some of them. */
      readonly among: 'all' | 'drawn';
    }
  /** Points that are means of images have no picture. */
  | { readonly kind: 'centroids' }
  /** The report names none: it is of an earlier version, or the attribute was not tested. */
  | { readonly kind: 'none' };

export function viewShowMe(
  report: Report,
  { model, metric, sampling }: MacroscaleResult,
  { attribute, rule, noun }: Pick<ShowMeView, 'attribute' | 'rule' | 'noun'>,
): ShowMeView {
  const faces = report.results.faces.find((one) => one.attribute === attribute) ?? null;
  const extremes = report.results.extremes.find((one) => one.model === model && one.attribute === attribute);
  return { attribute, rule, noun, model, metric, faces, pairs: pairsOf(extremes, sampling) };
}

function pairsOf(
  extremes: ExtremePairs | undefined,
  { points }: Pick<MacroscaleResult['sampling'], 'points'>,
): PairsView {
  if (points === 'centroids') return { kind: 'centroids' };
  if (!extremes) return { kind: 'none' };
  return { kind: 'pairs', extremes, among: points === 'sample' ? 'all' : 'drawn' };
}
