import { AppError } from '../domain/appError.ts';
import type { DescribeJob } from './jobs.ts';
import {
  reportFileName,
  resolveOptional,
  resolvePath,
  settingsFor,
  type SettingsPlace,
  stem,
} from './resolveSettings.ts';
import type { Settings } from './settings.ts';

/**
 * The description of a data set that settings and choices ask for, all paths absolute. A data set that is
 * left open is where the annotations are: describing needs no more. Throws `usage` where these are open, too.
 */
export function resolveDescribeJob(
  allSettings: Settings,
  place: SettingsPlace,
  choices: { readonly data?: string; readonly report?: string } = {},
): DescribeJob {
  const settings = settingsFor(choices.data, allSettings, place);
  const data = settings.dataset === '' ? settings.annotations : settings.dataset;
  if (data === '') {
    throw new AppError('usage', 'No data set was named: a folder of annotations or images, or a table.');
  }
  const dataPath = resolvePath(data, place);
  const report =
    choices.report ??
    place.paths.join(
      resolvePath(settings.reportFolder, place),
      reportFileName(stem(dataPath, place.paths), ['description']),
    );
  return {
    kind: 'describe',
    data: dataPath,
    annotations: settings.dataset === '' ? null : resolveOptional(settings.annotations, place),
    minImages: settings.minImages,
    interEntropyBandwidth: settings.interEntropyBandwidth,
    combinations: settings.combinations,
    pairwiseValues: settings.pairwiseValues,
    seed: settings.seed,
    report: resolvePath(report, place),
  };
}
