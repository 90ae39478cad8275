import { element, phraseNodes } from '../../dom.ts';
import { formatCount, formatFixed, formatShare } from '../../format.ts';
import { t } from '../../l10n.ts';
import type { ProfileRow } from '../../projection/profile.ts';
import { svgElement } from '../../svg.ts';

/** Points of a hundred with their interval, the share on both sides behind. A click on a name colours the map by it. */
export function profileTable(rows: readonly ProfileRow[], colour: (attribute: string) => void): HTMLElement {
  const heads = [
    t('Attribute'),
    '',
    t('Difference'),
    t('95 % interval'),
    t('Inside'),
    t('Outside'),
    t('Images'),
  ];
  return element(
    'table',
    { class: 'facts-table named profile-table', attributes: { 'aria-label': t('Attribute profile') } },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((text) =>
          text === '' ? element('td') : element('th', { text, attributes: { scope: 'col' } }),
        ),
      ),
    ),
    element('tbody', {}, ...rows.map((row) => line(row, colour))),
  );
}

function line(row: ProfileRow, colour: (attribute: string) => void): HTMLElement {
  const { attribute, inside, outside, difference, interval } = row;
  const name = element(
    'button',
    { class: 'jump', attributes: { type: 'button', title: t('Colour the map by {0}', attribute) } },
    ...phraseNodes([{ name: attribute }]),
  );
  name.addEventListener('click', () => colour(attribute));
  const isSure = interval !== null && (interval[0] > 0 || interval[1] < 0);
  return element(
    'tr',
    { class: isSure ? 'sure' : '' },
    element('th', { attributes: { scope: 'row' } }, name),
    element('td', {}, interval === null || difference === null ? null : whisker(difference, interval)),
    numberCell(difference === null ? '—' : signed(difference)),
    numberCell(interval === null ? '—' : `${signed(interval[0])} … ${signed(interval[1])}`),
    numberCell(inside ? formatShare(inside.share) : '—'),
    numberCell(outside ? formatShare(outside.share) : '—'),
    numberCell(formatCount(inside?.nPairs ?? 0)),
  );
}

function numberCell(text: string): HTMLElement {
  return element('td', { class: 'number', text });
}

function signed(share: number): string {
  const text = formatFixed(100 * share, 1);
  return share > 0 && Number(text) !== 0 ? `+${text}` : text;
}

const whiskerSize = { width: 60, height: 12 } as const;

/** From −100 to 100 points: zero as a line, the difference as a dot on its interval. */
function whisker(difference: number, [low, high]: readonly [number, number]): SVGElement {
  const { width, height } = whiskerSize;
  const at = (share: number) => String(width / 2 + share * (width / 2 - 4));
  const middle = String(height / 2);
  return svgElement(
    'svg',
    { class: 'whisker', 'aria-hidden': 'true', width: String(width), height: String(height) },
    svgElement('line', { class: 'zero', x1: at(0), x2: at(0), y1: '0', y2: String(height) }),
    svgElement('line', { class: 'range', x1: at(low), x2: at(high), y1: middle, y2: middle }),
    svgElement('circle', { cx: at(difference), cy: middle, r: '3.5' }),
  );
}
