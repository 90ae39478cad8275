import type { DiscriminativeView, ScoreColumn, ScoredRow } from './discriminativeState.ts';
import {
  chanceInWords,
  formatScore,
  scoredRowInWords,
  scoreNames,
  scoresCaveat,
  scoresInWords,
} from './discriminativeWording.ts';
import { formatCount } from './format.ts';
import { t } from './l10n.ts';
import type { Dot, ListColumn, ListRow, ListView } from './listState.ts';

/** Scores by identity and stratified as a list. */
export function discriminativeList(view: DiscriminativeView): ListView {
  const { result, score, axis } = view;
  const isAccuracy = score === 'accuracy';
  return {
    source: result,
    variant: score,
    rows: view.rows.map((row) => listRow(row, isAccuracy)),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: columnsOf(view),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    scale: {
      axis,
      left: '',
      right: scoreNames()[score],
      heads: { positive: '', negative: '' },
      colours: 'plain',
      reference: isAccuracy ? null : { value: 0.5, text: t('chance') },
      joined: true,
      missing: t('not possible'),
      noteHead: isBalanced(view) ? t('leakage') : t('gap'),
    },
    chartInWords: scoresInWords(view),
    caveat: scoresCaveat(),
    legend: [
      { mark: 'filled', text: t('folds by identity') },
      { mark: 'hollow', text: t('folds of images, as in the paper') },
      ...(isAccuracy ? [{ mark: 'tick', text: chanceInWords(score) } as const] : []),
    ],
    tableName: t('Discriminative power by attribute'),
  };
}

function isBalanced({ score }: DiscriminativeView): boolean {
  return score === 'balancedAccuracy';
}

function columnsOf(view: DiscriminativeView): ListColumn[] {
  const name = scoreNames()[view.score];
  const gap = isBalanced(view)
    ? column('gap', t('Leakage'), t('Stratified less by identity: people recognised, not the attribute'))
    : column('gap', t('Gap'), t('Stratified less by identity'));
  return [
    column('attribute', t('Attribute'), t('Name of the attribute'), false),
    column('byIdentity', t('By identity'), t('{0}, nobody in training and test both', name)),
    column('stratified', t('Stratified'), t('{0}, folds of images as in the paper', name)),
    gap,
    column('majority', t('Majority'), t('Share of the more frequent modality')),
    column('nImages', t('Images'), t('Images that the classifiers were fitted to and tested on')),
    column(
      'nIdentities',
      view.noun === 'people' ? t('People') : t('Identities'),
      t('Identities of these images'),
    ),
  ];
}

function column(key: ScoreColumn, name: string, note: string, descendingFirst = true): ListColumn {
  return { key, name, note, descendingFirst };
}

function listRow(scored: ScoredRow, hasTick: boolean): ListRow {
  const { attribute, row, byIdentity, stratified, gap } = scored;
  return {
    attribute,
    positive: dot(byIdentity),
    negative: dot(stratified),
    tick: hasTick ? scored.chance : null,
    note: formatScore(gap),
    cells: [
      formatScore(byIdentity),
      formatScore(stratified),
      formatScore(gap),
      formatScore(row.majority),
      formatCount(row.nImages),
      formatCount(row.nIdentities),
    ],
    inWords: scoredRowInWords(scored),
  };
}

function dot(value: number | null): Dot | null {
  return value === null
    ? null
    : { value, interval: null, noise: null, isNoise: false, text: formatScore(value) };
}
