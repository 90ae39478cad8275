/** Keys of the whole page, for the part of it that is shown. */
export function onShortcut(root: HTMLElement, act: (key: string) => boolean): void {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event) || !isShown(root)) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });
}

function isShown(root: HTMLElement): boolean {
  return root.isConnected && root.offsetParent !== null;
}

/** In a text field, or in a menu that finds its options by their letters. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (node) => node instanceof HTMLInputElement || (node instanceof Element && node.role === 'combobox'),
    );
}
