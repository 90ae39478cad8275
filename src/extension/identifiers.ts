/** Names that the manifest declares, too. */
export const commandPrefix = 'attributeLens.';
export const reportViewType = 'attributeLens.report';
