import { t } from '../l10n.ts';

/** Regions are tab stops anyway. */
const frames = '.table-frame:not([role="region"])';

/**
 * Makes every table frame below `root` that is narrower or lower than its table a tab stop, so that arrow keys scroll
 * it, and no other one: sizes are looked at after the browser has laid the page out, and only where they changed.
 */
export function keepTablesInReach(root: HTMLElement): void {
  const sizes = new ResizeObserver((entries) => {
    for (const frame of new Set(entries.map(({ target }) => target.closest<HTMLElement>(frames)))) {
      if (frame) mark(frame);
    }
  });
  const watch = (node: Node) => {
    if (!(node instanceof HTMLElement)) return;
    const within = node.parentElement?.matches(frames) ? [node] : [];
    const found = [...(node.matches(frames) ? [node] : []), ...node.querySelectorAll<HTMLElement>(frames)];
    for (const one of [...within, ...found.flatMap((frame) => [frame, ...frame.children])])
      sizes.observe(one);
  };
  new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(watch);
  }).observe(root, { childList: true, subtree: true });
}

function mark(frame: HTMLElement): void {
  const scrolls = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
  if (scrolls === (frame.tabIndex === 0)) return;
  if (scrolls) {
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', t('Table larger than its place: arrow keys scroll it'));
  } else for (const name of ['tabindex', 'role', 'aria-label']) frame.removeAttribute(name);
}
