import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LatticePreviewJob } from '../protocol/microscaleJobs.ts';
import {
  resolveAlignment,
  resolveModel,
  resolvePath,
  resolveStoreFolder,
} from '../protocol/resolveSettings.ts';
import { chooseFaceInputs, type Inputs } from './chooseInputs.ts';
import { showLattice } from './latticePanel.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

/** Enough to see what a step does to faces that differ. */
const nPoints = 6;

/** Shows what the lattice of the settings does to a few images, as the first model of the settings will see them. */
export async function previewLattice(services: Services, resource?: vscode.Uri): Promise<void> {
  const inputs = await chooseFaceInputs(resource);
  const title = vscode.l10n.t('Moving images of {0}', path.basename(inputs.data));
  const { preview } = await runWithProgress(services, title, latticeJob(inputs));
  showLattice(services, inputs.data, preview);
}

function latticeJob({ data, settings, place }: Inputs): LatticePreviewJob {
  const [model] = settings.models;
  return {
    kind: 'latticePreview',
    data,
    annotations: settings.annotations === '' ? null : resolvePath(settings.annotations, place),
    model: model === undefined ? null : resolveModel(model, place),
    alignment: resolveAlignment(settings, place),
    provider: settings.executionProvider,
    storeFolder: resolveStoreFolder(settings, place),
    lattice: {
      kind: 'augmented',
      attributes: settings.latticeAttributes,
      steps: settings.latticeSteps,
      pointsPerIdentity: settings.latticePoints,
      maxIdentities: settings.latticeIdentities,
      writeImages: null,
    },
    nPoints,
    seed: settings.seed,
  };
}
