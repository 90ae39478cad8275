/**
 * What activation does without: a bundle of its own, loaded when the first command or editor is used, since
 * reading the schemas and the connection to the engine takes longer than activating may.
 */
export { analyzeAttributes, verifyModel } from './analyzeAttributes.ts';
export { compareReports } from './compareReports.ts';
export { createEngine } from './createEngine.ts';
export { createSampleWorkspace } from './createSampleWorkspace.ts';
export { describeDataset } from './describeDataset.ts';
export { inspectModel } from './inspectModel.ts';
export { measureInvariance, validateEnergy } from './measureInvariance.ts';
export { previewAlignment } from './previewAlignment.ts';
export { previewLattice } from './previewLattice.ts';
export { showReport } from './reportEditor.ts';
export { showError } from './showError.ts';
export { trainBaseline } from './trainBaseline.ts';
