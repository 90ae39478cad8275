import type {
  Association,
  AttributeResult,
  ExtremePairs,
  FaceExamples,
  People,
  Report,
} from '../../src/protocol/report.ts';
import { shareOf } from '../dataState.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

const counted = columnsOf<AttributeResult>();

export const attributeColumns = [
  counted.text('attribute', ({ attribute }) => attribute),
  counted.count('n_positive', ({ nPositive }) => nPositive),
  counted.count('n_negative', ({ nNegative }) => nNegative),
  counted.count('n_unknown', ({ nUnknown }) => nUnknown),
  counted.number('share_positive', shareOf),
  counted.number('global_average', ({ globalAverage }) => globalAverage),
  counted.number('intra_entropy_nats', ({ intraEntropy }) => intraEntropy),
  counted.number('inter_entropy_nats', ({ interEntropy }) => interEntropy),
];

const associated = columnsOf<Association>();

export const associationColumns = [
  associated.text('kind', ({ kind }) => kind),
  associated.text('a', ({ a }) => a),
  associated.text('b', ({ b }) => b),
  associated.count('n_images', ({ nImages }) => nImages),
  associated.number('phi', ({ phi }) => phi),
  associated.number('phi_of_people', ({ phiOfPeople }) => phiOfPeople),
  associated.number('cramers_v', ({ cramersV }) => cramersV),
];

const person = columnsOf<People>();

const peopleColumns = [
  person.count('n_identities', ({ nIdentities }) => nIdentities),
  person.count('images_per_identity_min', ({ imagesPerIdentity }) => imagesPerIdentity.min),
  person.number('images_per_identity_median', ({ imagesPerIdentity }) => imagesPerIdentity.median),
  person.number('images_per_identity_mean', ({ imagesPerIdentity }) => imagesPerIdentity.mean),
  person.count('images_per_identity_max', ({ imagesPerIdentity }) => imagesPerIdentity.max),
];

const group = columnsOf<People['histogram'][number]>();

export const peopleHistogramColumns = [
  group.count('n_images', ({ nImages }) => nImages),
  group.count('n_identities', ({ nIdentities }) => nIdentities),
];

interface Face {
  readonly attribute: string;
  readonly modality: string;
  readonly image: string;
}

const face = columnsOf<Face>();

const faceColumns = [
  face.text('attribute', ({ attribute }) => attribute),
  face.text('modality', ({ modality }) => modality),
  face.text('image', ({ image }) => image),
];

function facesOf({ attribute, positive, negative }: FaceExamples): Face[] {
  return [
    ...positive.map((image) => ({ attribute, modality: 'positive', image })),
    ...negative.map((image) => ({ attribute, modality: 'negative', image })),
  ];
}

type ExtremeLine = ExtremePairs['closestCross'][number] & {
  readonly model: string;
  readonly attribute: string;
  readonly kind: string;
};

const extreme = columnsOf<ExtremeLine>();

const extremeColumns = [
  extreme.text('model', ({ model }) => model),
  extreme.text('attribute', ({ attribute }) => attribute),
  extreme.text('kind', ({ kind }) => kind),
  extreme.text('left', ({ left }) => left),
  extreme.text('right', ({ right }) => right),
  extreme.number('distance', ({ distance }) => distance),
];

function extremesOf(pairs: ExtremePairs): ExtremeLine[] {
  const { model, attribute, closestCross, farthestPositive, farthestNegative } = pairs;
  const lines = {
    closest_cross: closestCross,
    farthest_positive: farthestPositive,
    farthest_negative: farthestNegative,
  };
  return Object.entries(lines).flatMap(([kind, list]) =>
    list.map((pair) => ({ ...pair, model, attribute, kind })),
  );
}

export function dataTables({ results }: Report): Table[] {
  return [
    tableOf('attributes', attributeColumns, results.attributes),
    tableOf('associations', associationColumns, results.associations),
    tableOf('people', peopleColumns, results.people ? [results.people] : []),
    tableOf('people_histogram', peopleHistogramColumns, results.people?.histogram ?? []),
    tableOf('faces', faceColumns, results.faces.flatMap(facesOf)),
    tableOf('extreme_pairs', extremeColumns, results.extremes.flatMap(extremesOf)),
  ];
}
