import { type Axis, positionOn } from '../charts/axis.ts';
import { plotInsetPx } from '../charts/lineOptions.ts';
import { element } from '../dom.ts';
import { formatFixed } from '../format.ts';
import type { ListScale } from '../listState.ts';

/** Labels over a chart of lines, where the canvas below has its ticks. */
export function axisTicks(axis: Axis, reference: ListScale['reference']): HTMLElement[] {
  return [...axis.ticks.map((tick) => tickLabel(tick, axis)), ...referenceLabel(reference, axis)];
}

function tickLabel(tick: number, axis: Axis): HTMLElement {
  const minor = tick !== 0 && tick !== axis.min && tick !== axis.max;
  return placed(
    element('span', { class: minor ? 'minor' : '', text: formatFixed(tick, axis.decimals) }),
    tick,
    axis,
  );
}

/** Above the ticks, where its line ends. */
function referenceLabel(reference: ListScale['reference'], axis: Axis): HTMLElement[] {
  if (!reference) return [];
  const position = positionOn(axis, reference.value);
  const side = position > 0.7 ? ' end' : position < 0.15 ? ' start' : '';
  return [
    placed(element('span', { class: `reference${side}`, text: reference.text }), reference.value, axis),
  ];
}

function placed(label: HTMLElement, value: number, axis: Axis): HTMLElement {
  label.style.left = `calc(${plotInsetPx}px + (100% - ${2 * plotInsetPx}px) * ${positionOn(axis, value)})`;
  return label;
}
