import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CurvePoints, readCurveFile } from '../../datasets/curveFile.ts';
import { readReadyStencils } from '../../datasets/readyStencils.ts';
import { AppError, cancelledError } from '../../domain/appError.ts';
import type { CurveTable } from '../../domain/curveTable.ts';
import type { DatasetTable, Identities } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../../domain/embeddingMatrix.ts';
import { latticeAxes } from '../../domain/latticeAttribute.ts';
import type { JobContext, Throughput } from '../../domain/progress.ts';
import { type AugmentedRef, augmentingDecoder } from '../../embedding/augmentFaces.ts';
import type { FramedRef } from '../../embedding/cropFaces.ts';
import { planLattice, stepOf } from '../../embedding/latticePlan.ts';
import type { VectorStore } from '../../embedding/vectorStore.ts';
import { encodePng } from '../../models/decoder.ts';
import type { AugmentedLattice, InvarianceJob } from '../../protocol/microscaleJobs.ts';
import type { DatasetInput, LatticeInput, ModelInput } from '../../protocol/report.ts';
import { datasetSource } from './datasetReport.ts';
import { modelInput, readyModelInput, uniqueNames } from './modelInput.ts';
import { frameForEach } from './embedModels.ts';
import { embedRefs } from './embedRefs.ts';
import { curveImageTable } from './imageTable.ts';
import { digestedImages, openImages } from './openImages.ts';

/** What the microscale works on. */
export interface InvarianceInput {
  readonly table: DatasetTable;
  readonly keys: readonly (string | null)[];
  readonly lattice: LatticeInput;
  /** The images as they were found; `null` where there are none. */
  readonly source: DatasetInput['source'];
  readonly models: readonly InvarianceModel[];
  readonly close: () => void;
}

export interface InvarianceModel {
  readonly input: ModelInput;
  readonly throughput: Throughput | null;
  readonly curves: CurveTable;
  /** Of the points of one identity; rows of NaN where there is none. */
  readonly embeddings: (identity: number) => Promise<EmbeddingMatrix>;
  /** The images themselves, for the distances within and between people; `null` where there are none. */
  readonly photographs: { readonly embeddings: EmbeddingMatrix; readonly identities: Identities } | null;
}

/** Embeds the lattice, or reads the embeddings that stand in for it. */
export async function openInvarianceInput(
  job: InvarianceJob,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<InvarianceInput> {
  switch (job.lattice.kind) {
    case 'augmented':
      return augmentedInput(job, job.lattice, libraries, context, diagnostics);
    case 'table': {
      context.progress({ phase: 'scan', done: 0, total: 1, item: job.lattice.file });
      const { curves, points } = await readCurveFile(job.lattice.file, context.signal);
      context.progress({ phase: 'scan', done: 1, total: 1, item: job.lattice.file });
      if (curves.nIncomplete > 0) diagnostics.add('curveIncomplete', job.lattice.file, curves.nIncomplete);
      const lattice: LatticeInput = {
        kind: 'table',
        file: job.lattice.file.replace(/^.*[\\/]/, ''),
        attributes: [...curves.attributes],
        nCurves: curves.attribute.length,
        nIncomplete: curves.nIncomplete,
      };
      return points.kind === 'embeddings'
        ? readyInput(job, curves, points, lattice)
        : imageCurvesInput(job, curves, points, lattice, libraries, context, diagnostics);
    }
    case 'stencils': {
      const { start, base, end } = job.lattice;
      const { curves, points } = await readReadyStencils(job.lattice);
      if (points.kind !== 'embeddings') throw new AppError('internal', 'Ready stencils are embeddings.');
      const files = [start, base, end].map((path) => path.replace(/^.*[\\/]/, ''));
      return readyInput(job, curves, points, { kind: 'stencils', files });
    }
  }
}

async function augmentedInput(
  job: InvarianceJob,
  lattice: AugmentedLattice,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<InvarianceInput> {
  const opened = await openImages(job, context, diagnostics);
  const framings = await frameForEach(opened, job, libraries, context, diagnostics);
  const images = framings[0]!.images;
  const { identities } = images.table;
  const plans = framings.map(({ refs }) => planLattice(refs, identities, { ...lattice, seed: job.seed }));
  const nPerModel = plans[0]!.refs.length + plans[0]!.images.length;
  const opening: OpenModels = { models: [], stores: [] };
  await openModels(opening, job, libraries, context, diagnostics, nPerModel, (i) => {
    const plan = plans[i]!;
    const photographs = Array.from(plan.images, (row) => framings[i]!.refs[row]!);
    const origin = photographs.map((ref): AugmentedRef => ({ ...ref, point: {}, noiseSeed: 0 }));
    return {
      record: framings[i]!.record,
      // The photographs have the keys of their plain embeddings, which may be there already.
      refs: [...origin, ...plan.refs],
      curves: plan.curves,
      keys: plan.refs.map(({ key }) => key),
      photographs: {
        keys: photographs.map(({ key }) => key),
        identities: { ...identities, index: plan.images.map((row) => identities.index[row]!) },
      },
    };
  });
  if (lattice.writeImages !== null) {
    const { width, height } = opening.models[0]!.input.preprocessing!;
    await writeCrops(lattice.writeImages, plans[0]!.refs, width, height, context);
  }
  const nImages = plans[0]!.images.length;
  return {
    table: images.table,
    keys: images.keys,
    lattice: {
      kind: 'augmented',
      attributes: lattice.attributes.map((name) => ({
        name,
        unit: latticeAxes[name].unit,
        step: stepOf(name, lattice),
      })),
      pointsPerIdentity: lattice.pointsPerIdentity,
      nImages,
    },
    source: datasetSource(opened.table, opened.keys),
    models: opening.models,
    close: () => opening.stores.forEach((store) => store.close()),
  };
}

async function imageCurvesInput(
  job: InvarianceJob,
  curves: CurveTable,
  { root, images }: Extract<CurvePoints, { kind: 'images' }>,
  lattice: LatticeInput,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<InvarianceInput> {
  if (job.models.length === 0) {
    throw new AppError('usage', 'The table of curves names images, so a model is needed: an .onnx file.');
  }
  const whole = curveImageTable(curves, root, images);
  const source = { ...job, data: root };
  const opened = await digestedImages(whole, source, context, diagnostics);
  const framings = await frameForEach(opened, source, libraries, context, diagnostics);
  const opening: OpenModels = { models: [], stores: [] };
  await openModels(opening, job, libraries, context, diagnostics, opened.keys.length, (i) => {
    const { refs, record, images: framed } = framings[i]!;
    const keyOf = new Map(refs.map(({ name, key }) => [name, key]));
    return {
      record,
      refs,
      curves,
      keys: images.map((name) => keyOf.get(name) ?? null),
      photographs: { keys: refs.map(({ key }) => key), identities: framed.table.identities },
    };
  });
  return {
    table: opened.table,
    keys: opened.keys,
    lattice,
    source: datasetSource(opened.table, opened.keys),
    models: opening.models,
    close: () => opening.stores.forEach((store) => store.close()),
  };
}

function readyInput(
  job: InvarianceJob,
  curves: CurveTable,
  points: Extract<CurvePoints, { kind: 'embeddings' }>,
  lattice: LatticeInput,
): InvarianceInput {
  const names = Array.from({ length: curves.firstPoint.at(-1)! }, (_, point) => String(point));
  return {
    table: curveImageTable(curves, job.data, names),
    keys: names.map(() => null),
    lattice,
    source: null,
    models: [
      {
        input: readyModelInput(points.name, points, points.dim, null, job),
        throughput: null,
        curves,
        embeddings: points.read,
        photographs: null,
      },
    ],
    close: () => undefined,
  };
}

interface OpenModels {
  readonly models: InvarianceModel[];
  readonly stores: VectorStore[];
}

interface ModelPlan {
  readonly record: Parameters<typeof embedRefs>[1]['record'];
  readonly refs: readonly FramedRef[];
  readonly curves: CurveTable;
  /** Of each point; `null` where it has none. */
  readonly keys: readonly (string | null)[];
  readonly photographs: { readonly keys: readonly string[]; readonly identities: Identities };
}

/** One session at a time; on an error the stores are closed and keep what was computed. */
async function openModels(
  { models, stores }: OpenModels,
  job: InvarianceJob,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
  nPerModel: number,
  planOf: (model: number) => ModelPlan,
): Promise<void> {
  try {
    for (const [i, override] of job.models.entries()) {
      const plan = planOf(i);
      const embedded = await embedRefs(override, plan, job, libraries, diagnostics, {
        ...context,
        progress: (update) =>
          context.progress({
            ...update,
            done: i * nPerModel + update.done,
            total: job.models.length * nPerModel,
          }),
      });
      stores.push(embedded.store);
      const gather = (keys: readonly (string | null)[]) =>
        gatherRows(embedded.store, keys, embedded.model.dim);
      const { firstPoint } = plan.curves;
      models.push({
        input: modelInput(embedded.model.name, embedded, override.path, job),
        throughput: embedded.throughput,
        curves: plan.curves,
        embeddings: (identity) =>
          Promise.resolve(gather(plan.keys.slice(firstPoint[identity], firstPoint[identity + 1]))),
        photographs: {
          embeddings: gather(plan.photographs.keys),
          identities: plan.photographs.identities,
        },
      });
    }
  } catch (error) {
    stores.forEach((store) => store.close());
    throw error;
  }
  const names = uniqueNames(models.map(({ input }) => input.name));
  models.forEach((model, i) => (models[i] = { ...model, input: { ...model.input, name: names[i]! } }));
}

/** Rows of NaN for points without an embedding. */
function gatherRows(store: VectorStore, keys: readonly (string | null)[], dim: number): EmbeddingMatrix {
  const data = new Float32Array(keys.length * dim).fill(Number.NaN);
  keys.forEach((key, i) => {
    if (key !== null && store.state(key) === 'usable') data.set(store.gather([key]), i * dim);
  });
  return { rows: keys.length, dim, data };
}

/** What the model sees, numbered in the order of points, for whoever wants to look. */
async function writeCrops(
  folder: string,
  refs: readonly AugmentedRef[],
  width: number,
  height: number,
  { signal }: JobContext,
): Promise<void> {
  const decode = augmentingDecoder(width, height);
  await mkdir(folder, { recursive: true });
  const digits = String(refs.length - 1).length;
  for (const [i, ref] of refs.entries()) {
    if (signal.aborted) throw cancelledError();
    const pixels = await decode(ref.path, ref);
    await writeFile(
      join(folder, `${String(i).padStart(digits, '0')}.png`),
      await encodePng({ pixels, width, height }),
    );
  }
}
