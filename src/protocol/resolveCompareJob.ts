import type { RecordPaths } from './jobRecord.ts';
import { reportSuffix } from './report.ts';
import type { CompareJob } from './reportJobs.ts';
import { fileNamePart, resolvePath, type SettingsPlace } from './resolveSettings.ts';
import type { Settings } from './settings.ts';

/** The comparison of two reports, both absolute, written into the report folder: `<a>-vs-<b>.attrlens.json`. */
export function resolveCompareJob(
  reports: readonly [before: string, after: string],
  { reportFolder }: Pick<Settings, 'reportFolder'>,
  place: SettingsPlace & { readonly paths: RecordPaths },
): CompareJob {
  const { paths } = place;
  return {
    kind: 'compare',
    reports: [...reports],
    report: paths.join(resolvePath(reportFolder, place), comparisonFileName(reports, paths)),
  };
}

/** Reports of one name are told apart by their folders, as those of checkpoints often are. */
function comparisonFileName(reports: readonly [string, string], paths: RecordPaths): string {
  const names = reports.map((file) => nameOf(file, paths));
  const whole =
    names[0] === names[1]
      ? reports.map((file, i) => `${paths.basename(paths.dirname(file))}-${names[i]!}`)
      : names;
  return whole.map((name) => cut(fileNamePart(name))).join('-vs-') + reportSuffix;
}

/** So that two names of any script and what stands between them are within the 255 bytes of a file's name. */
function cut(name: string): string {
  let end = name.length;
  while (new TextEncoder().encode(name.slice(0, end)).length > longestBytes) end--;
  return name.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
}

const longestBytes = 110;

function nameOf(file: string, paths: RecordPaths): string {
  const name = paths.basename(file);
  return name.endsWith(reportSuffix) ? name.slice(0, -reportSuffix.length) : name;
}
