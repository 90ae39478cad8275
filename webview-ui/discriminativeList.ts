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
      reference: isAccuracy ? null : { value: 0.5, text: 'chance' },
      joined: true,
      missing: 'not possible',
      noteHead: isBalanced(view) ? 'leakage' : 'gap',
    },
    chartInWords: scoresInWords(view),
    caveat: scoresCaveat(),
    legend: [
      { mark: 'filled', text: 'folds by identity' },
      { mark: 'hollow', text: 'folds of images, as in the paper' },
      ...(isAccuracy ? [{ mark: 'tick', text: chanceInWords(score) } as const] : []),
    ],
    tableName: 'Discriminative power by attribute',
  };
}

function isBalanced({ score }: DiscriminativeView): boolean {
  return score === 'balancedAccuracy';
}

function columnsOf(view: DiscriminativeView): ListColumn[] {
  const name = scoreNames()[view.score];
  const gap = isBalanced(view)
    ? column('gap', 'Leakage', 'Stratified less by identity: people recognised, not the attribute')
    : column('gap', 'Gap', 'Stratified less by identity');
  return [
    column('attribute', 'Attribute', 'Name of the attribute', false),
    column('byIdentity', 'By identity', `${name}, nobody in training and test both`),
    column('stratified', 'Stratified', `${name}, folds of images as in the paper`),
    gap,
    column('majority', 'Majority', 'Share of the more frequent modality'),
    column('nImages', 'Images', 'Images that the classifiers were fitted to and tested on'),
    column('nIdentities', view.noun === 'people' ? 'People' : 'Identities', 'Identities of these images'),
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
