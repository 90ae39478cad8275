import type { Axis } from './charts/axis.ts';
import type { ListBase, ListLine } from './listState.ts';

/** Attributes as lines of bars, side by side in panels that have an axis each. Pure. */
export interface BarListView extends ListBase<BarRow> {
  readonly panels: readonly BarPanel[];
}

export interface BarPanel {
  readonly key: string;
  readonly head: string;
  readonly axis: Axis;
  /** Names of the parts that stand one behind the other, with how they look. */
  readonly parts: readonly { readonly name: string; readonly look: BarLook }[];
}

export type BarLook = 'plain' | 'positive' | 'negative' | 'unknown';

export interface BarRow extends ListLine {
  /** One for each panel; `null` where there is no number. */
  readonly bars: readonly (Bar | null)[];
}

export interface Bar {
  /** One for each part, in units of the axis. */
  readonly lengths: readonly number[];
  readonly text: string;
}
