import * as paths from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { InvarianceJob } from '../protocol/microscaleJobs.ts';
import { resolveInvarianceJob } from '../protocol/resolveInvarianceJob.ts';
import type { SettingsPlace } from '../protocol/resolveSettings.ts';
import type { Settings } from '../protocol/settings.ts';

/** What `invariance` asks for; ready stencils come as three files or not at all. */
export function invarianceJobOf(
  flags: Readonly<Record<string, string>>,
  settings: Settings,
  place: SettingsPlace,
  currentFolder: string,
): InvarianceJob {
  const pathOf = (flag: string): string | undefined =>
    flags[flag] === undefined ? undefined : paths.resolve(currentFolder, flags[flag]);
  const [start, base, end, report, writeImages] = [
    pathOf('start'),
    pathOf('base'),
    pathOf('end'),
    pathOf('report'),
    pathOf('write-images'),
  ];
  const given = [start, base, end].filter((path) => path !== undefined).length;
  if (given !== 0 && given !== 3) {
    throw new AppError('usage', 'Ready stencils need all of --start, --base and --end.');
  }
  const threshold = thresholdOf(flags['threshold']);
  return resolveInvarianceJob(settings, place, {
    ...(report === undefined ? {} : { report }),
    ...(writeImages === undefined ? {} : { writeImages }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(start !== undefined && base !== undefined && end !== undefined
      ? { stencils: { start, base, end } }
      : {}),
  });
}

function thresholdOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new AppError('usage', `--threshold is «${text}»; it must be a distance above 0.`);
}
