import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { AttributeColumn } from '../../domain/attributeColumn.ts';
import type { ModelInput, Report } from '../../protocol/report.ts';
import { detectionDim, readDetections } from '../../embedding/detectionRows.ts';
import { detectionStore, type StoreDescription, statisticsStore } from '../../embedding/storeDescription.ts';
import type { VectorStore } from '../../embedding/vectorStore.ts';
import { statisticsSidePixels } from '../../models/decoder.ts';
import { imageStatisticNames } from '../../numerics/imageStatistics.ts';
import { chosenLandmarks, measureFace } from '../jobs/detectedFrames.ts';
import { openExisting, type StorePlace } from './storedModel.ts';

/** A number for each image; NaN where there is none. */
export interface NumberColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What earlier runs measured of the images themselves: their statistics, and the faces that they were aligned by. */
export async function storedNumbers(
  keys: readonly (string | null)[],
  models: readonly ModelInput[],
  place: StorePlace,
): Promise<readonly NumberColumn[]> {
  const side = statisticsSidePixels;
  const statistics = statisticsStore(side, side, imageStatisticNames, place.libraries);
  const detected = models.map(({ alignment }) => alignment).find((record) => record?.kind === 'detected');
  return [
    ...(await numbersOf(statistics, keys, place, (store, own) => statisticsOf(store, own))),
    ...(detected ? await faceNumbers(detected, keys, place) : []),
  ];
}

/** The attributes of a report that part one of the numbers, at the place where the report parted it. */
export function splitNumbers(
  attributes: Report['inputs']['dataset']['attributes'],
  numbers: readonly NumberColumn[],
): AttributeColumn[] {
  return attributes.flatMap(({ name, rule }) => {
    if (rule.kind !== 'medianSplit' && rule.kind !== 'circularSplit') return [];
    const column = numbers.find((one) => one.name === rule.column);
    if (!column) return [];
    const isPositive =
      rule.kind === 'medianSplit'
        ? (value: number) => value > rule.median
        : (value: number) => Math.abs(turned(value - rule.centre)) < 90;
    const values = Int8Array.from(column.values, (value) =>
      Number.isFinite(value) ? (isPositive(value) ? 1 : -1) : 0,
    );
    return [{ name, values, rule }];
  });
}

/** Images of the same person, where people are known. */
export function imagesOfPerson({ identities }: DatasetTable): NumberColumn[] {
  if (!identities.known) return [];
  const counts = new Float64Array(identities.names.length);
  for (const identity of identities.index) counts[identity]!++;
  return [
    { name: 'imagesOfPerson', values: Float64Array.from(identities.index, (identity) => counts[identity]!) },
  ];
}

/** Degrees in [−180, 180). */
function turned(degrees: number): number {
  return degrees - 360 * Math.floor((degrees + 180) / 360);
}

type Detected = Extract<NonNullable<ModelInput['alignment']>, { kind: 'detected' }>;

function faceNumbers(
  { sha256, family: kind, scoreThreshold, retryPadded, provider, faces }: Detected,
  keys: readonly (string | null)[],
  place: StorePlace,
): Promise<readonly NumberColumn[]> {
  const detector = { sha256, kind, scoreThreshold, provider };
  const description = detectionStore(detector, retryPadded, detectionDim, place.libraries);
  return numbersOf(description, keys, place, (store, own) => {
    const measures = readDetections(store, own).map((facts) => {
      const chosen = chosenLandmarks(facts, faces);
      return typeof chosen === 'string' ? null : measureFace(facts, chosen);
    });
    const column = (name: string, pick: (face: ReturnType<typeof measureFace>) => number) => ({
      name,
      values: Float64Array.from(measures, (face) => (face ? pick(face) : NaN)),
    });
    return [
      column('faceHeight', ({ heightPixels }) => heightPixels),
      column('faceRoll', ({ rollDegrees }) => rollDegrees),
      column('detectorScore', ({ score }) => score),
    ];
  });
}

function statisticsOf(store: VectorStore, keys: readonly string[]): NumberColumn[] {
  const rows = store.gather(keys);
  const width = imageStatisticNames.length;
  return imageStatisticNames.map((name, at) => ({
    name,
    values: Float64Array.from(keys, (_, row) => rows[row * width + at]!),
  }));
}

/** `read` is given the keys that the store has, one at least; rows of others are NaN. */
async function numbersOf(
  description: StoreDescription,
  keys: readonly (string | null)[],
  place: StorePlace,
  read: (store: VectorStore, keys: readonly string[]) => readonly NumberColumn[],
): Promise<readonly NumberColumn[]> {
  using store = await openExisting(description, place);
  if (store === null) return [];
  const rows = Array.from(keys.keys()).filter((row) => {
    const key = keys[row] ?? null;
    return key !== null && store.state(key) === 'usable';
  });
  if (rows.length === 0) return [];
  const found = read(
    store,
    rows.map((row) => keys[row]!),
  );
  return found.map(({ name, values }) => {
    const all = new Float64Array(keys.length).fill(NaN);
    rows.forEach((row, i) => (all[row] = values[i]!));
    return { name, values: all };
  });
}
