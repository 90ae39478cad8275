/** A file name out of what a page proposes: a name, never a place, and one that every file system takes. */
export function proposedName(name: string): string {
  const base = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, '-').replace(/^[.\s-]+/, '');
  return base === '' ? 'figure' : base;
}
