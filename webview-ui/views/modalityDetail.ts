import { describeRule, modalities, type Modality } from '../../src/domain/attributeColumn.ts';
import { fewIdentities } from '../../src/domain/fewIdentities.ts';
import { element, phraseNodes, setText } from '../dom.ts';
import { formatCount, formatFar, formatInterval, formatRate } from '../format.ts';
import { formatTar } from '../verificationList.ts';
import { type ModalityRates, type ModalityRow, sideOf, type VerificationView } from '../verificationState.ts';
import { distanceOfPairs } from '../verificationWording.ts';
import { capital, groupName } from '../wording.ts';
import { numberCell } from './attributeTable.ts';
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
    { class: 'detail', attributes: { 'aria-label': 'Accept rates of the chosen attribute' } },
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
      setText(rule, `${capital(describeRule(row.rule))}.`);
      sides.replaceChildren(...modalities.map((modality) => sideElement(row, modality, view)));
    },
  };
}

function sideElement(row: ModalityRow, modality: Modality, view: VerificationView): HTMLElement {
  const rates = sideOf(row, modality)?.rates;
  const people = view.noun === 'people' ? 'People ' : 'Images ';
  return element(
    'div',
    { class: 'modality-side' },
    element(
      'h3',
      {},
      element('span', { class: `dot ${modality}`, attributes: { 'aria-hidden': true } }),
      element('span', {}, ...phraseNodes([people, ...groupName(row.attribute, row.rule, modality)])),
    ),
    ...(rates ? ratesOf(rates, view) : [element('p', { class: 'muted', text: 'No pairs.' })]),
  );
}

function ratesOf(rates: ModalityRates, { result, overall }: VerificationView): HTMLElement[] {
  const { nMatched, nUnmatched, nIdentities } = rates;
  const few = nIdentities < fewIdentities ? ' So few say little.' : '';
  return [
    element('p', {
      class: 'muted',
      text:
        `${formatCount(nMatched)} pairs of one person, ${formatCount(nUnmatched)} of two; ` +
        `${formatCount(nIdentities)} ${nIdentities === 1 ? 'person' : 'people'} with a pair.${few}`,
    }),
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
            ...['FAR of all', 'threshold', 'TAR', '95 %', 'FMR', '95 %'].map((text) =>
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
