const pageRows = 10;

/** Where a key moves the selection in a list of `length` rows; `null` where it means nothing. */
export function nextIndex(key: string, current: number, length: number): number | null {
  if (length === 0) return null;
  const within = (index: number) => Math.min(length - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(current + 1);
    case 'ArrowUp':
      return current < 0 ? length - 1 : within(current - 1);
    case 'PageDown':
      return within(current + pageRows);
    case 'PageUp':
      return within(current - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}

/** Where a key moves the choice among `length` tabs, which go round; `null` where it means nothing. */
export function nextTab(key: string, current: number, length: number): number | null {
  if (current < 0 || length === 0) return null;
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % length;
    case 'ArrowLeft':
      return (current - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
