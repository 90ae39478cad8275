import { AppError } from '../domain/appError.ts';
import {
  type Projection,
  projectionSchema,
  projectionSuffix,
  projectionVersion,
} from './projectionSchema.ts';
import type { Report } from './report.ts';

/** Where the projection of a report lies: `x.attrlens.json` → `x.projection.json`, beside it. */
export function projectionFileOf(reportFile: string): string {
  return reportFile.replace(/(\.attrlens)?\.json$/i, '') + projectionSuffix;
}

/**
 * A projection from the text of its file, whose columns have one entry for each point.
 * @throws AppError reportInvalid, or reportVersion for one by a later version; `name` is the file's, for the message.
 */
export function readProjection(text: string, name: string): Projection {
  const json = parse(text, name);
  const version = versionOf(json);
  if (version !== null && version > projectionVersion) {
    throw new AppError(
      'reportVersion',
      `${name} has version ${version}, of which this version of Attribute Lens knows ${projectionVersion} at most. Update Attribute Lens, or compute the projection again.`,
      { version },
    );
  }
  const parsed = projectionSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw invalid(name, `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
  }
  const problem = lengthProblem(parsed.data);
  if (problem !== null) throw invalid(name, problem);
  return parsed.data;
}

/** Models that the report does not name, in this very file, would be shown under figures that are not theirs. */
export function isProjectionOf(projection: Projection, { inputs }: Report): boolean {
  return (
    projection.datasetDigest === inputs.dataset.digest &&
    projection.models.every(({ model, sha256 }) =>
      inputs.models.some((input) => input.name === model && input.sha256 === sha256),
    )
  );
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(name, error instanceof Error ? error.message : String(error), error);
  }
}

function versionOf(json: unknown): number | null {
  if (typeof json !== 'object' || json === null || !('version' in json)) return null;
  const isProjection = 'schema' in json && json.schema === 'attribute-lens.projection';
  return isProjection && typeof json.version === 'number' ? json.version : null;
}

function lengthProblem({ points, attributes, numbers, models }: Projection): string | null {
  const n = points.images.length;
  const columns: [name: string, length: number, wanted: number][] = [
    ['points.identities', points.identities.length, n],
    ...attributes.map(({ name, codes }): [string, number, number] => [`attribute ${name}`, codes.length, n]),
    ...numbers.map(({ name, values }): [string, number, number] => [`number ${name}`, values.length, n]),
    ...models.flatMap(({ model, umap, pca, neighbours }): [string, number, number][] => [
      [`${model}: umap.x`, umap.x.length, n],
      [`${model}: umap.y`, umap.y.length, n],
      [`${model}: pca.x`, pca.x.length, n],
      [`${model}: pca.y`, pca.y.length, n],
      [`${model}: neighbours.index`, neighbours.index.length, n * neighbours.k],
      [`${model}: neighbours.distance`, neighbours.distance.length, n * neighbours.k],
    ]),
  ];
  const wrong = columns.find(([, length, wanted]) => length !== wanted);
  if (wrong) return `${wrong[0]} has ${wrong[1]} entries for ${n} points, not ${wrong[2]}`;
  const nNames = points.identityNames.length;
  const stranger = points.identities.find((identity) => identity >= nNames);
  if (stranger !== undefined) return `identity ${stranger} is none of the ${nNames} named`;
  const off = models.find(({ neighbours }) => neighbours.index.some((index) => index >= n));
  return off ? `${off.model} has a neighbour that is none of the ${n} points` : null;
}

function invalid(name: string, problem: string, cause?: unknown): AppError {
  return new AppError(
    'reportInvalid',
    `${name} is no projection: ${problem}. Compute it again.`,
    { name },
    cause,
  );
}
