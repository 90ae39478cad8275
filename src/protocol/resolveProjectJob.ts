import { projectionFileOf } from './readProjection.ts';
import type { ProjectJob } from './reportJobs.ts';
import { resolveStoreFolder, type SettingsPlace } from './resolveSettings.ts';
import type { Settings } from './settings.ts';

/** The projection of a report that settings ask for; `out`: elsewhere than beside the report. */
export function resolveProjectJob(
  report: string,
  settings: Settings,
  place: SettingsPlace,
  out?: string,
): ProjectJob {
  return {
    kind: 'project',
    report,
    out: out ?? projectionFileOf(report),
    storeFolder: resolveStoreFolder(settings, place),
    maxPoints: settings.projectionPoints,
    neighbours: settings.projectionNeighbours,
    minDistance: settings.projectionMinDistance,
    seed: settings.seed,
  };
}
