import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PreviewJob } from '../protocol/jobs.ts';
import {
  resolveAlignment,
  resolveModel,
  resolvePath,
  resolveStoreFolder,
} from '../protocol/resolveSettings.ts';
import { chooseFaceInputs, type Inputs } from './chooseInputs.ts';
import { showPreview } from './previewPanel.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

/** Enough to see a wrong alignment, few enough to look at. */
const nImages = 60;

/** Shows for a sample of the data set what the first model of the settings will see of each image. */
export async function previewAlignment(services: Services, resource?: vscode.Uri): Promise<void> {
  const inputs = await chooseFaceInputs(resource);
  const title = vscode.l10n.t('Aligning images of {0}', path.basename(inputs.data));
  const { preview } = await runWithProgress(services, title, previewJob(inputs));
  showPreview(services, inputs.data, preview);
}

function previewJob({ data, settings, place }: Inputs): PreviewJob {
  const [model] = settings.models;
  return {
    kind: 'preview',
    data,
    annotations: settings.annotations === '' ? null : resolvePath(settings.annotations, place),
    model: model === undefined ? null : resolveModel(model, place),
    alignment: resolveAlignment(settings, place),
    provider: settings.executionProvider,
    storeFolder: resolveStoreFolder(settings, place),
    nImages,
    seed: settings.seed,
  };
}
