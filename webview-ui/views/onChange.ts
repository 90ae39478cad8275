import type { Theme } from '../theme.ts';

/** What of a view this is about; apart from the page, so that it can be tested without one. */
export interface Drawn<T> {
  update(value: T, theme: Theme): void;
}

/**
 * The same view, brought up to date only where something that it is drawn from is another: typing in a filter draws
 * the list, and nothing beside it.
 * @param drawnFrom all that `view` reads, as values or as objects that stay the same while their content does.
 */
export function onChange<T, V extends Drawn<T>>(view: V, drawnFrom: (value: T) => readonly unknown[]): V {
  let before: readonly unknown[] | null = null;
  return {
    ...view,
    update(value: T, theme: Theme) {
      const now = [...drawnFrom(value), theme];
      if (before?.length === now.length && now.every((one, i) => Object.is(one, before![i]))) return;
      before = now;
      view.update(value, theme);
    },
  };
}

/** What parts with pictures are drawn from besides. */
export function picturesOf({ thumbnails }: { readonly thumbnails: Pictures }): readonly unknown[] {
  return [thumbnails.hasRows, thumbnails.failure];
}

interface Pictures {
  readonly hasRows: boolean;
  readonly failure: string | null;
}
