import { nextPicture } from '../nextPicture.ts';

/**
 * Makes the pictures in a list one stop of the Tab key, among which the arrow keys go: left and right to the next,
 * up and down to the nearest one of the next line, Home and End to the ends.
 */
export function pictureKeys(list: HTMLElement): { refresh(): void } {
  const all = () => [...list.querySelectorAll<HTMLElement>('.picture')];
  const makeStop = (stop: HTMLElement | undefined) => {
    for (const one of all()) one.tabIndex = one === stop ? 0 : -1;
  };
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.classList.contains('picture')) makeStop(target);
  });
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const pictures = all();
    const current = pictures.findIndex((one) => one === document.activeElement);
    if (current < 0) return;
    const places = pictures.map((one) => {
      const { left, top } = one.getBoundingClientRect();
      return { x: left, y: top };
    });
    const next = nextPicture(event.key, current, places);
    if (next === null) return;
    event.preventDefault();
    pictures[next]!.focus();
  });
  return {
    refresh() {
      const pictures = all();
      makeStop(pictures.find(({ tabIndex }) => tabIndex === 0) ?? pictures[0]);
    },
  };
}
