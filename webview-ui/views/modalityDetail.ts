import { modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import { fewIdentities } from '../../src/domain/fewIdentities.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFar, formatInterval, formatRate } from '../format.ts';
import { formatTar } from '../verificationList.ts';
import { type ModalityRates, type ModalityRow, sideOf, type VerificationView } from '../verificationState.ts';
import { distanceOfPairs } from '../verificationWording.ts';
import { ruleSentence } from '../ruleWording.ts';
import { groupName } from '../wording.ts';
import { numberCell } from './attributeTable.ts';
import { phrase, t } from '../l10n.ts';
import type { View } from './view.ts';

export interface ModalityDetail extends View<VerificationView> {
  focus(): void;
}

/** The chosen attribute's accept rates at every threshold. */
export function createModalityDetail(toList: () => void): ModalityDetail {
  const title = element('h2', { attributes: { tabindex: -1 } });
  const rule = element('p', { class: 'rule muted' });
  const sides = element('div', { class: 'modality-sides' });
  const root = element(
    'section',
    { class: 'detail', attributes: { 'aria-label': t('Accept rates of the chosen attribute') } },
    title,
    rule,
    sides,
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') toList();
  });
  return {
    element: root,
    focus() {
      title.focus({ preventScroll: true });
      root.scrollIntoView({ block: 'nearest' });
    },
    update(view) {
      const row = view.selected;
      root.hidden = row === null;
      if (!row) return;
      title.replaceChildren(...phraseNodes([{ name: row.attribute }]));
      setText(rule, ruleSentence(row.rule));
      sides.replaceChildren(...modalities.map((modality) => sideElement(row, modality, view)));
    },
  };
}

function sideElement(row: ModalityRow, modality: Modality, view: VerificationView): HTMLElement {
  const rates = sideOf(row, modality)?.rates;
  const group = groupName(row.attribute, row.rule, modality);
  const title = view.noun === 'people' ? phrase('People {0}', group) : phrase('Images {0}', group);
  return element(
    'div',
    { class: 'modality-side' },
    element(
      'h3',
      {},
      element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
      element('span', {}, ...phraseNodes(title)),
    ),
    ...(rates ? ratesOf(rates, view) : [element('p', { class: 'muted', text: t('No pairs.') })]),
  );
}

function ratesOf(rates: ModalityRates, { result, overall }: VerificationView): HTMLElement[] {
  return [
    element('p', { class: 'muted', text: pairsInWords(rates) }),
    element(
      'div',
      { class: 'table-frame' },
      element(
        'table',
        { class: 'facts-table rates' },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...[t('FAR of all'), t('threshold'), 'TAR', '95 %', 'FMR', '95 %'].map((text) =>
              element('th', { text, attributes: { scope: 'col' } }),
            ),
          ),
        ),
        element(
          'tbody',
          {},
          ...rates.rates.map((rate) =>
            element(
              'tr',
              rate.far === overall?.far ? { class: 'chosen' } : {},
              element('th', { text: formatFar(rate.far), attributes: { scope: 'row' } }),
              numberCell(distanceOfPairs(rate.threshold, result)),
              numberCell(formatTar(rate.tar)),
              textCell(rate.tarCi ? formatInterval(rate.tarCi, 3) : '—'),
              numberCell(formatRate(rate.fmr)),
              textCell(rate.fmrCi ? rate.fmrCi.map(formatRate).join('–') : '—'),
            ),
          ),
        ),
      ),
    ),
  ];
}

function textCell(text: string): HTMLTableCellElement {
  return element('td', { class: 'range muted', text });
}

function pairsInWords({ nMatched, nUnmatched, nIdentities }: ModalityRates): string {
  const [one, two] = [formatCount(nMatched), formatCount(nUnmatched)];
  const pairs =
    nIdentities === 1
      ? t('{0} pairs of one person, {1} of two; {2} person with a pair.', one, two, formatCount(nIdentities))
      : t('{0} pairs of one person, {1} of two; {2} people with a pair.', one, two, formatCount(nIdentities));
  return nIdentities < fewIdentities ? `${pairs} ${t('So few say little.')}` : pairs;
}
