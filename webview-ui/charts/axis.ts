/** A linear axis whose ends are ticks. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly decimals: number;
}

/** Below this KS an axis that fills the page would make noise look like a finding. */
const smallestKsSpan = 0.05;

/** The axis of KS distances: from 0, or from the lowest signed value. */
export function ksAxis(values: readonly number[], signed: boolean): Axis {
  const finite = values.filter(Number.isFinite);
  const max = finite.reduce((a, b) => Math.max(a, b), smallestKsSpan);
  const min = signed ? finite.reduce((a, b) => Math.min(a, b), 0) : 0;
  return niceAxis(min, max);
}

/** At most about `steps` steps of 1, 2 or 5 times a power of ten that enclose `min` and `max`. */
export function niceAxis(min: number, max: number, steps = 5): Axis {
  if (!(max > min) || !Number.isFinite(max - min)) return niceAxis(0, 1);
  const step = niceStep((max - min) / steps);
  const first = Math.floor(min / step + 1e-9);
  const last = Math.ceil(max / step - 1e-9);
  // Multiples of the step by division where it is below 1: 3 · 0.05 is not 0.15, 3 / 20 is.
  // Adding 0 makes −0 plain.
  const multiple = (k: number) => (step < 1 ? k / Math.round(1 / step) : k * step) + 0;
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i));
  return {
    min: multiple(first),
    max: multiple(last),
    ticks,
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}

/** Where `value` lies between the axis' ends, 0..1. */
export function positionOn(axis: Axis, value: number): number {
  return (value - axis.min) / (axis.max - axis.min);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}
