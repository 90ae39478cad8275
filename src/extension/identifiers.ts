/** Names that the manifest declares, too. */
export const commandPrefix = 'attributeLens.';
export const reportViewType = 'attributeLens.report';
export const modelsViewId = 'attributeLens.models';
export const datasetsViewId = 'attributeLens.datasets';
export const reportsViewId = 'attributeLens.reports';
export const jobsViewId = 'attributeLens.jobs';

/** Names that the manifest does not know. */
export const previewViewType = 'attributeLens.alignmentPreview';
export const latticeViewType = 'attributeLens.latticePreview';
export const inspectionScheme = 'attribute-lens-inspection';
