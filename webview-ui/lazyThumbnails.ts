import type { PictureWatch, ThumbnailLoader, Thumbnails } from './thumbnails.ts';

/**
 * Pictures for elements of the page: asked for and told of only while the element is near the visible part, so that
 * a page of thousands of images costs no more than what of it is looked at.
 */
export function lazyThumbnails(loader: ThumbnailLoader): Thumbnails {
  const watches = new WeakMap<Element, PictureWatch>();
  const stops = new WeakMap<Element, () => void>();
  const observer = new IntersectionObserver(
    (entries) => {
      const near = entries.flatMap(({ target, isIntersecting }) => {
        stops.get(target)?.();
        stops.delete(target);
        const watch = watches.get(target);
        if (!isIntersecting || !watch) return [];
        stops.set(target, loader.subscribe(watch));
        return [watch];
      });
      loader.request(near);
    },
    { rootMargin: '400px' },
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
