import * as path from 'node:path';
import * as vscode from 'vscode';
import type { BaselineJob } from '../protocol/jobs.ts';
import { resolvePath, type SettingsPlace } from '../protocol/resolveSettings.ts';
import type { Settings } from '../protocol/settings.ts';
import { chooseInputs } from './chooseInputs.ts';
import { chosen } from './choosePlace.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';

const components = 128;

/** Learns the baseline model from a folder, asks where to write it, and offers to analyze with it. */
export async function trainBaseline(services: Services, resource?: vscode.Uri): Promise<void> {
  const { settings, place } = await chooseInputs(resource);
  const out = chosen(
    await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Write the baseline model as'),
      defaultUri: vscode.Uri.file(baselinePath(settings, place)),
      filters: { ONNX: ['onnx'] },
    }),
  );
  const title = vscode.l10n.t('Training the eigenfaces baseline');
  const result = await runWithProgress(services, title, baselineJob(settings, place, out.fsPath));
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} was trained on {1} images of {2} identities ({3}, {4} components).',
      path.basename(result.model),
      result.nImages,
      result.nIdentities,
      result.method,
      result.components,
    ),
  );
}

export function baselineJob(settings: Settings, place: SettingsPlace, out: string): BaselineJob {
  return {
    kind: 'baseline',
    data: resolvePath(settings.dataset, place),
    annotations: settings.annotations === '' ? null : resolvePath(settings.annotations, place),
    out,
    components,
    seed: settings.seed,
  };
}

/** Where the baseline of a data set is kept where nobody says otherwise: beside its reports. */
export function baselinePath(settings: Settings, place: SettingsPlace): string {
  const dataset = path.parse(resolvePath(settings.dataset, place)).name;
  return path.join(resolvePath(settings.reportFolder, place), `${dataset}-eigenfaces.onnx`);
}
