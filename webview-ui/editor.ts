declare global {
  /** Set by the script that stands in for the editor in an exported page. */
  var attributeLensStandalone: true | undefined;
}

/**
 * Whether an editor is around that opens images and files and runs jobs. Where it is not, in an exported page, there
 * is nothing to click on for it.
 */
export function inEditor(): boolean {
  return globalThis.attributeLensStandalone !== true;
}
