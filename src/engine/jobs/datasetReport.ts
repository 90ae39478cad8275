import * as paths from 'node:path';
import { associate } from '../../analyses/associations.ts';
import { summarizeAttributes } from '../../analyses/attributeSummary.ts';
import { describePeople } from '../../analyses/people.ts';
import type { QualityStepCount } from '../../analyses/qualitySubset.ts';
import { datasetDigest } from '../../datasets/datasetDigest.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import { relativePath } from '../../protocol/jobRecord.ts';
import type { DatasetInput, Report } from '../../protocol/report.ts';
import { countIdentities } from './openImages.ts';

/** What a report says about its data set as an input. */
export function datasetInput(
  table: DatasetTable,
  keys: readonly (string | null)[],
  subset: readonly QualityStepCount[],
  reportFile: string,
  source: DatasetInput['source'],
): DatasetInput {
  const relativeToReport = (path: string): string => relativePath(paths.dirname(reportFile), path, paths);
  return {
    name: table.name,
    kind: table.kind,
    root: relativeToReport(table.root),
    digest: datasetDigest(table, keys),
    annotationFile: table.annotationFile === null ? null : relativeToReport(table.annotationFile),
    source,
    nImages: table.images.length,
    nIdentities: countIdentities(table),
    identitiesKnown: table.identities.known,
    attributes: table.attributes.map(({ name, rule }) => ({ name, rule })),
    subset: [...subset],
  };
}

export type DatasetResults = Pick<Report['results'], 'attributes' | 'people' | 'associations'>;

/** What the annotations alone say. Entropies are about people: where nobody is known there are none. */
export function datasetResults(
  { identities, attributes }: DatasetTable,
  options: { readonly interEntropyBandwidth: number },
): DatasetResults {
  const summaries = summarizeAttributes(identities.index, attributes, options.interEntropyBandwidth);
  if (!identities.known) {
    return {
      attributes: summaries.map((summary) => ({ ...summary, intraEntropy: null, interEntropy: null })),
      people: null,
      associations: associate(null, attributes),
    };
  }
  return {
    attributes: summaries,
    people: describePeople(identities.index),
    associations: associate(identities.index, attributes),
  };
}

/** The data set as it was found; a later look at it is compared with this. */
export function datasetSource(
  table: DatasetTable,
  keys: readonly (string | null)[],
): NonNullable<DatasetInput['source']> {
  return { nImages: table.images.length, digest: datasetDigest(table, keys) };
}
