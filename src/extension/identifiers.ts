/** Names that the manifest declares, too. */
export const commandPrefix = 'attributeLens.';
export const reportViewType = 'attributeLens.report';

/** Names that the manifest does not know. */
export const previewViewType = 'attributeLens.alignmentPreview';
export const latticeViewType = 'attributeLens.latticePreview';
export const inspectionScheme = 'attribute-lens-inspection';
