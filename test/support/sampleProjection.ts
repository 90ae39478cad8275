import { SeededRandom } from '../../src/numerics/random.ts';
import {
  type ModelProjection,
  type Projection,
  projectionSchema,
} from '../../src/protocol/projectionSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import { sampleReport } from './sampleReport.ts';

export interface SampleProjectionOptions {
  readonly nPoints?: number;
  readonly nAttributes?: number;
  readonly nModels?: number;
  readonly seed?: number;
  /** The report it belongs to: its digest, its models, and the first of its attributes. */
  readonly report?: Report;
}

const imagesOfPerson = 20;
const k = 15;

/**
 * A whole, valid projection: people are clusters, attributes belong mostly to people, some are unknown, and the
 * first attribute parts the plane. Neighbours are the nearest among the person's own images.
 */
export function sampleProjection(options: SampleProjectionOptions = {}): Projection {
  const { nPoints = 1000, nAttributes = 8, nModels = 1, seed = 1 } = options;
  const report = options.report ?? sampleReport({ nModels, nAttributes, seed });
  const random = new SeededRandom(seed).fork('projection');
  const nPeople = Math.max(1, Math.ceil(nPoints / imagesOfPerson));
  const identities = Array.from({ length: nPoints }, (_, i) => i % nPeople);
  const names = report.inputs.dataset.attributes.slice(0, nAttributes).map(({ name }) => name);
  const traits = names.map((name) => Array.from({ length: nPeople }, traitsOf(random.fork(name))));
  const models = report.inputs.models
    .slice(0, nModels)
    .map(({ name, sha256 }) => modelProjection(name, sha256, identities, traits[0] ?? [], random.fork(name)));
  return projectionSchema.parse({
    schema: 'attribute-lens.projection',
    version: 1,
    createdBy: { name: 'attribute-lens', version: '0.1.0' },
    report: 'sample.attrlens.json',
    datasetDigest: report.inputs.dataset.digest,
    options: {
      maxPoints: 50_000,
      neighbours: k,
      minDistance: 0.1,
      epochs: 200,
      seed,
      libraries: { node: '24.21.0' },
    },
    nImages: Math.max(nPoints, report.inputs.dataset.nImages),
    nMissing: 0,
    points: {
      images: Array.from({ length: nPoints }, (_, i) => `${String(i + 1).padStart(6, '0')}.jpg`),
      identities,
      identityNames: Array.from({ length: nPeople }, (_, person) => String(person + 1)),
    },
    attributes: names.map((name, at) => ({
      name,
      codes: codesOf(identities, traits[at]!, random.fork(`codes ${name}`)),
    })),
    numbers: [
      { name: 'brightness', values: identities.map(() => rounded(0.5 + 0.15 * random.nextNormal())) },
      {
        name: 'embeddingNorm',
        values: identities.map(() =>
          random.nextInt(50) === 0 ? null : rounded(20 + 3 * random.nextNormal()),
        ),
      },
      { name: 'imagesOfPerson', values: identities.map((person) => countOf(person, nPeople, nPoints)) },
    ],
    models,
  });
}

function traitsOf(random: SeededRandom): () => number {
  const share = 0.1 + 0.5 * random.nextFloat();
  return () => (random.nextFloat() < share ? 1 : -1);
}

function codesOf(identities: readonly number[], traits: readonly number[], random: SeededRandom): string {
  return identities
    .map((person) => {
      const draw = random.nextFloat();
      if (draw < 0.02) return '?';
      const positive = traits[person]! > 0 !== draw < 0.07;
      return positive ? '+' : '-';
    })
    .join('');
}

function modelProjection(
  model: string,
  sha256: string,
  identities: readonly number[],
  firstTraits: readonly number[],
  random: SeededRandom,
): ModelProjection {
  const nPeople = Math.max(0, ...identities) + 1;
  const centres = Array.from({ length: nPeople }, (_, person) => ({
    x: 14 * (random.nextFloat() - 0.5) + 5 * (firstTraits[person] ?? 0),
    y: 16 * (random.nextFloat() - 0.5),
  }));
  const x = identities.map((person) => rounded(centres[person]!.x + 0.15 * random.nextNormal()));
  const y = identities.map((person) => rounded(centres[person]!.y + 0.15 * random.nextNormal()));
  return {
    model,
    sha256,
    metric: 'cosine',
    umap: { x, y },
    pca: {
      x: x.map((value) => rounded(value / 20 + 0.05 * random.nextNormal())),
      y: y.map((value) => rounded(value / 25 + 0.05 * random.nextNormal())),
      explained: [0.0812, 0.0534],
    },
    neighbours: neighboursOf(identities, nPeople, x, y),
  };
}

/** Nearest in the picture among the person's own. */
function neighboursOf(
  identities: readonly number[],
  nPeople: number,
  x: readonly number[],
  y: readonly number[],
): ModelProjection['neighbours'] {
  const members: number[][] = Array.from({ length: nPeople }, () => []);
  identities.forEach((person, i) => members[person]!.push(i));
  const smallest = Math.min(...members.map((own) => own.length));
  const kept = Math.min(k, smallest - 1);
  const nearest = identities.map((person, i) =>
    members[person]!.filter((other) => other !== i)
      .map((other) => ({ other, distance: Math.hypot(x[i]! - x[other]!, y[i]! - y[other]!) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, kept),
  );
  return {
    k: kept,
    index: nearest.flatMap((own) => own.map(({ other }) => other)),
    distance: nearest.flatMap((own) => own.map(({ distance }) => rounded(distance))),
  };
}

function countOf(person: number, nPeople: number, nPoints: number): number {
  return Math.floor(nPoints / nPeople) + (person < nPoints % nPeople ? 1 : 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
