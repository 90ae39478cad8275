/** Names that the manifest declares, too. */
export const commandPrefix = 'attributeLens.';
export const reportViewType = 'attributeLens.report';
export const modelsViewId = 'attributeLens.models';
export const datasetsViewId = 'attributeLens.datasets';
export const reportsViewId = 'attributeLens.reports';
export const jobsViewId = 'attributeLens.jobs';

/** Context keys by which the manifest shows what can be done, and the walkthrough what is done. */
export const jobsRunKey = 'attributeLens.jobsRun';
export const sampleCreatedKey = 'attributeLens.sampleCreated';
export const reportWrittenKey = 'attributeLens.reportWritten';
/** Of data that are not the sample's. */
export const ownReportWrittenKey = 'attributeLens.ownReportWritten';

/** Names that the manifest does not know. */
export const previewViewType = 'attributeLens.alignmentPreview';
export const latticeViewType = 'attributeLens.latticePreview';
export const inspectionScheme = 'attribute-lens-inspection';
