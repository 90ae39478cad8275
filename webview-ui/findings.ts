import { fewIdentities } from '../src/domain/fewIdentities.ts';
import type { MacroscaleRow, MicroscaleRow } from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { decimalsOfInterval, formatCount, formatFixed, formatKs, formatP } from './format.ts';
import { ksDecimalsOf, ksInterval, rangeText } from './inference.ts';
import { phrase } from './l10n.ts';
import type { AttributeRow, MacroscaleView } from './macroscaleState.ts';
import type { ReportModel } from './reportModels.ts';
import type { VerificationView } from './verificationState.ts';
import { verificationSummary } from './verificationWording.ts';
import { finding, type Phrase } from './wording.ts';

/** One sentence of the overview, and the part of the page that shows it. */
export interface Finding {
  readonly phrase: Phrase;
  readonly target: PageState;
}

export interface Overview {
  /** Three at most, of every scale that was measured; the strongest first in each. */
  readonly findings: readonly Finding[];
  /** What a reader must know before believing them. */
  readonly remarks: readonly Phrase[];
}

const maxFindings = 3;

/** The strongest findings about the shown model, with their uncertainty. Pure. */
export function overviewOf(
  model: ReportModel | null,
  macroscale: MacroscaleView | null,
  verification: VerificationView | null,
): Overview {
  const fields = fieldFindings(model);
  const checks = verification ? [verificationFinding(verification)] : [];
  const others = Math.min(1, fields.length) + checks.length;
  const people = macroscale ? macroscaleFindings(macroscale, maxFindings - others) : noFindings;
  const nFields = Math.max(0, maxFindings - people.findings.length - checks.length);
  return {
    findings: [...people.findings, ...fields.slice(0, nFields), ...checks],
    remarks: people.remarks,
  };
}

const noFindings: Overview = { findings: [], remarks: [] };

/**
 * The attributes with the largest KS that enough people show; where permutations were made, those alone that they
 * tell from chance.
 */
export function macroscaleFindings(view: MacroscaleView, atMost: number): Overview {
  const ranked = view.ranking.filter((row) => row.strongest !== null);
  const tested = ranked.filter((row) => row.strongest!.nIdentities >= fewIdentities);
  const nFew = ranked.length - tested.length;
  const beyond = view.hasPermutations ? tested.filter(isBeyondChance) : tested;
  const remarks = [
    ...(tested.length === 0
      ? []
      : beyond.length === 0
        ? [chanceAlone(tested[0]!)]
        : view.hasPermutations
          ? [
              phrase(
                'Beyond chance: {0} of {1} attributes.',
                formatCount(beyond.length),
                formatCount(tested.length),
              ),
            ]
          : []),
    ...(nFew === 0 ? [] : [fewInWords(nFew, view)]),
  ];
  return { findings: beyond.slice(0, atMost).map((row) => strongAttribute(row, view)), remarks };
}

function isBeyondChance({ strongest }: AttributeRow): boolean {
  return (strongest?.pAdjusted ?? 1) < 0.05;
}

function strongAttribute(row: AttributeRow, view: MacroscaleView): Finding {
  const { modality } = row.strongest!;
  return {
    phrase: phrase('{0} KS\u00A0{1}.', finding(row, modality, view.noun), ksInWords(row.strongest!)),
    target: { section: 'macroscale', attribute: row.attribute },
  };
}

function ksInWords(row: MacroscaleRow): Phrase {
  const interval = ksInterval(row, false);
  const decimals = ksDecimalsOf(row);
  const ks = { number: formatFixed(row.ks, decimals) };
  const p = row.pAdjusted === null ? null : formatP(row.pAdjusted, null);
  if (interval && p !== null)
    return phrase('{0} ({1}; adjusted p\u00A0{2})', ks, rangeText(interval, decimals), p);
  if (interval) return phrase('{0} ({1})', ks, rangeText(interval, decimals));
  return p === null ? [ks] : phrase('{0} (adjusted p\u00A0{1})', ks, p);
}

function chanceAlone({ attribute, strongest }: AttributeRow): Phrase {
  const { ks, pAdjusted } = strongest!;
  const [name, number] = [{ name: attribute }, { number: formatKs(ks) }];
  return pAdjusted === null
    ? phrase(
        'Of no attribute it is shown that it shapes distances more than chance would. The largest KS is that of {0}: {1}.',
        name,
        number,
      )
    : phrase(
        'Of no attribute it is shown that it shapes distances more than chance would. The largest KS is that of {0}: {1}, adjusted p {2}.',
        name,
        number,
        formatP(pAdjusted, null),
      );
}

function fewInWords(nFew: number, { noun }: MacroscaleView): Phrase {
  const [n, few] = [formatCount(nFew), String(fewIdentities)];
  if (noun === 'people') {
    return nFew === 1
      ? phrase(
          'Passed over: 1 attribute with fewer than {0} people a side, where a large KS is mostly chance.',
          few,
        )
      : phrase(
          'Passed over: {0} attributes with fewer than {1} people a side, where a large KS is mostly chance.',
          n,
          few,
        );
  }
  return nFew === 1
    ? phrase(
        'Passed over: 1 attribute with fewer than {0} images a side, where a large KS is mostly chance.',
        few,
      )
    : phrase(
        'Passed over: {0} attributes with fewer than {1} images a side, where a large KS is mostly chance.',
        n,
        few,
      );
}

/** Of the distance between two images of one person: a model that moves less by a step hardly sees the attribute. */
const leastStep = 0.1;

/** Attributes whose steps move the embedding, and that of everybody alike; the most aligned first. */
function fieldFindings(model: ReportModel | null): Finding[] {
  const rows = model?.microscale?.results[0]?.rows ?? [];
  return rows
    .filter((row) => row.identity === null && row.moves && row.energy !== null)
    .filter(({ stepOverWithin }) => stepOverWithin === null || stepOverWithin >= leastStep)
    .sort((a, b) => a.energy! - b.energy!)
    .slice(0, maxFindings)
    .map((row) => ({
      phrase: alignedInWords(row),
      target: { section: 'microscale', latticeAttribute: row.attribute },
    }));
}

function alignedInWords(row: MicroscaleRow): Phrase {
  const { ci, stepOverWithin } = row;
  const decimals = ci ? decimalsOfInterval(ci) : 2;
  const name = { name: row.attribute };
  const number = { number: formatFixed(row.energy, decimals) };
  const energy: Phrase = ci ? phrase('{0} ({1})', number, rangeText(ci, decimals)) : [number];
  return stepOverWithin === null
    ? phrase(
        'Steps of {0} move embeddings with invariance energy\u00A0{1}: 0 is one common direction, 1 none.',
        name,
        energy,
      )
    : phrase(
        'Steps of {0} move embeddings with invariance energy\u00A0{1}, where 0 is one common direction and 1 none; a step is {2} of the distance between two images of one person.',
        name,
        energy,
        formatFixed(stepOverWithin, 2),
      );
}

function verificationFinding(view: VerificationView): Finding {
  return { phrase: verificationSummary(view).flat(), target: { section: 'verification' } };
}
