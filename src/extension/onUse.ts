/**
 * What activation does without: a bundle of its own, loaded when the first command or editor is used, since
 * reading the schemas and the connection to the engine takes longer than activating may.
 */
export { confirmationOf, runAgentTool } from './agentTools.ts';
export { analyzeAttributes, analyzeWithModel, verifyModel } from './analyzeAttributes.ts';
export { checkHardware } from './checkHardware.ts';
export { checkReports } from './checkReports.ts';
export { compareReports } from './compareReports.ts';
export { createEngine } from './createEngine.ts';
export { createSampleWorkspace } from './createSampleWorkspace.ts';
export { describeDataset } from './describeDataset.ts';
export { exportReport } from './exportReport.ts';
export { getStarted } from './getStarted.ts';
export { inspectModel } from './inspectModel.ts';
export { installCuda } from './installCuda.ts';
export { cancelJob, clearJobs, openJob, showJobs } from './jobCommands.ts';
export { measureInvariance, validateEnergy } from './measureInvariance.ts';
export { openHelp } from './openDefinition.ts';
export { previewAlignment } from './previewAlignment.ts';
export { previewLattice } from './previewLattice.ts';
export { showReport } from './reportEditor.ts';
export { rerunReport } from './rerunReport.ts';
export { watchSettings } from './settingDiagnostics.ts';
export { showError } from './showError.ts';
export { trainBaseline } from './trainBaseline.ts';
export { createViews } from './views/createViews.ts';
