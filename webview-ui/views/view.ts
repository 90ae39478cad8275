import type { PageMessage, PageState } from '../../src/protocol/webviewMessages.ts';
import type { Thumbnails } from '../lazyThumbnails.ts';
import type { Theme } from '../theme.ts';

/** A part of the page: built once, then brought up to date, so that focus and scroll position stay. */
export interface View<T> {
  readonly element: HTMLElement;
  update(value: T, theme: Theme): void;
}

/** What a view may ask for. */
export interface Actions {
  readonly thumbnails: Thumbnails;
  change(patch: PageState): void;
  post(message: PageMessage): void;
}
