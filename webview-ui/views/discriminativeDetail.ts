import type { DiscriminativeRow } from '../../src/protocol/report.ts';
import type { DiscriminativeView } from '../discriminativeState.ts';
import { fitInWords, formatScore, impossibleInWords, selectedInWords } from '../discriminativeWording.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount } from '../format.ts';
import { ruleSentence } from '../ruleWording.ts';
import { factsTable } from './factsTable.ts';
import { t } from '../l10n.ts';
import type { View } from './view.ts';

export interface DiscriminativeDetail extends View<DiscriminativeView> {
  focus(): void;
}

/** Every score of the chosen attribute, and what they are of. */
export function createDiscriminativeDetail(toList: () => void): DiscriminativeDetail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const rule = element('p', { class: 'rule muted' });
  const words = element('p');
  const impossible = element('p');
  const scores = element('div', { class: 'table-frame' });
  const counts = element('div', { class: 'table-frame' });
  const fit = element('p', { class: 'muted' });
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Chosen attribute') } },
    title,
    rule,
    words,
    impossible,
    scores,
    counts,
    fit,
  );
  root.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') toList();
  });
  return {
    element: root,
    focus() {
      title.focus({ preventScroll: true });
      root.scrollIntoView({ block: 'nearest' });
    },
    update({ selected, result, score, ruleOfSelected, noun }) {
      root.hidden = selected === null;
      if (!selected) return;
      title.replaceChildren(...phraseNodes([{ name: selected.attribute }]));
      setText(rule, ruleSentence(ruleOfSelected));
      setText(words, selectedInWords(selected, score));
      setText(impossible, impossibleInWords(selected.row, result.nFolds, noun));
      scores.replaceChildren(scoresTable(selected.row));
      counts.replaceChildren(countsTable(selected.row, noun));
      setText(fit, fitInWords(result));
    },
  };
}

function scoresTable(row: DiscriminativeRow): HTMLElement {
  const line = (name: string, scheme: DiscriminativeRow['byIdentity']) => [
    name,
    formatScore(scheme?.balancedAccuracy ?? null),
    formatScore(scheme?.sd ?? null),
    formatScore(scheme?.accuracy ?? null),
    formatScore(scheme?.auc ?? null),
  ];
  return factsTable(
    [t('Folds'), t('balanced accuracy'), t('sd over folds'), t('accuracy'), 'AUC'],
    [
      line(t('By identity'), row.byIdentity),
      line(t('Stratified'), row.stratified),
      [t('Leakage'), formatScore(row.leakage), '', '', ''],
      [t('Chance, or majority'), '0.500', '', formatScore(row.majority), '0.500'],
    ],
    { rowHeaders: true, label: t('Scores') },
  );
}

function countsTable({ nImages, nIdentities, nPositive }: DiscriminativeRow, noun: string): HTMLElement {
  return factsTable(
    [t('Fitted to and tested on'), ''],
    [
      [t('Images'), formatCount(nImages)],
      [t('with it'), formatCount(nPositive)],
      [noun === 'people' ? t('People') : t('Identities'), formatCount(nIdentities)],
    ],
    { rowHeaders: true, label: t('Images and identities') },
  );
}
