import type { PictureWatch, ThumbnailLoader } from './thumbnails.ts';

/** What views need of a report's pictures. */
export interface Thumbnails {
  /** Whether the report says where the rows of its images stand. */
  readonly hasRows: boolean;
  /** Why there are no pictures, as a sentence; `null` where there are, or none was asked for yet. */
  readonly failure: string | null;
  /** Asks for the picture when the element comes near the visible part of the page; `show` is told what there is. */
  watch(element: Element, watch: PictureWatch): void;
}

/**
 * Pictures for elements of the page: asked for and told of only while the element is near the visible part, so that
 * a page of thousands of images costs no more than what of it is looked at.
 */
export function lazyThumbnails(loader: ThumbnailLoader): Thumbnails {
  const watches = new WeakMap<Element, PictureWatch>();
  const stops = new WeakMap<Element, () => void>();
  const waiting = new Set<Element>();
  const ask = (): void => {
    const near = [...waiting].filter((element) => stops.has(element));
    waiting.clear();
    loader.request(near.map((element) => watches.get(element)!));
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        stops.get(target)?.();
        stops.delete(target);
        const watch = watches.get(target);
        if (!isIntersecting || !watch) continue;
        stops.set(target, loader.subscribe(watch));
        if (waiting.size === 0) setTimeout(ask, restMs);
        waiting.add(target);
      }
    },
    // Sections scroll in places of their own, which only the second margin is about.
    { rootMargin: margin, scrollMargin: margin },
  );
  return {
    get hasRows() {
      return loader.hasRows;
    },
    get failure() {
      return loader.failure;
    },
    watch(element, watch) {
      watches.set(element, watch);
      // Observing anew tells at once whether it is near.
      observer.unobserve(element);
      observer.observe(element);
    },
  };
}

const margin = '400px';

/** What comes and goes faster is not asked for: a reader who goes through attributes by arrow keys. */
const restMs = 100;
