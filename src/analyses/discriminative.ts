import { AppError } from '../domain/appError.ts';
import { identityFolds, stratifiedFolds } from '../numerics/folds.ts';
import { fitLogistic, type LogisticContext } from '../numerics/logistic.ts';
import { type LogisticDesign, logisticDesign } from '../numerics/logisticDesign.ts';
import { SeededRandom } from '../numerics/random.ts';
import { throwIfCancelled } from './cancellation.ts';
import type {
  DiscriminativeContext,
  DiscriminativeInput,
  DiscriminativeOptions,
  DiscriminativeOutcome,
  DiscriminativeRow,
  SchemeScores,
} from './discriminativeOutcome.ts';
import { foldScores } from './foldScores.ts';
import { gatherPoints } from './pairDistances.ts';
import { findUsableRows } from './usableRows.ts';

/**
 * How well each attribute is read off the embedding by a logistic regression, on folds of images (the same people in
 * training and test, as in Leroy et al., ICML 2025) and on folds of people. The difference is identity leakage.
 *
 * Of a larger data set whole people are drawn by the seed, one after another; those whose images would make more than
 * `maxImages` are passed over. They are the same for every model: images whose embedding is zero or not finite are
 * left out after that, and go to the diagnostics. An attribute's images are those where it is known.
 *
 * A scheme is `null` where its folds cannot all have both modalities, which the diagnostics say, or where people are
 * not known. An attribute that shows one modality has no row.
 *
 * Memory: 16 bytes for each number of the images used, and 64 MiB or what one attribute's regressions take, 24 bytes
 * for each image. Cancelling is noticed between two matrix products (`cancelled`).
 */
export async function runDiscriminative(
  input: DiscriminativeInput,
  options: DiscriminativeOptions,
  context: DiscriminativeContext,
): Promise<DiscriminativeOutcome> {
  checkInput(input);
  const { metric, maxImages, seed, nFolds = 5, c = 1 } = options;
  const usable = findUsableRows(input, context.diagnostics);
  const rows = drawPeople(input.identities, maxImages, seed).filter((row) => usable[row] === 1);
  const plans = input.attributes.flatMap(({ name, values }) => {
    const plan = planAttribute(
      input,
      rows,
      name,
      Int8Array.from(rows, (row) => values[row]!),
      options,
    );
    notePlan(name, plan, input.identitiesKnown, context);
    return plan ?? [];
  });
  const results: DiscriminativeRow[] = [];
  if (plans.length > 0) {
    const points = gatherPoints(input.embeddings, input.identities, rows, metric);
    throwIfCancelled(context.signal);
    const design = await logisticDesign(points.data, points.n, points.dim, c, context.product);
    const width = Math.max(1, Math.floor(fitBytes / (24 * rows.length * schemes.length * nFolds)));
    for (let start = 0; start < plans.length; start += width) {
      const batch = plans.slice(start, start + width);
      context.progress(2 * start, 2 * input.attributes.length, batch[0]!.attribute);
      results.push(...(await judge(design, batch, nFolds, context)));
    }
  }
  context.progress(
    2 * input.attributes.length,
    2 * input.attributes.length,
    input.attributes.at(-1)?.name ?? '',
  );
  const inputs = metric === 'cosine' ? 'unitNorm' : 'raw';
  return { inputs, nFolds, c, maxImages, seed, rows: results };
}

/** Wide products are fast, and scores and residuals of many regressions take memory. */
const fitBytes = 64 * 2 ** 20;

const schemes = ['stratified', 'byIdentity'] as const;
type Scheme = (typeof schemes)[number];

/** An attribute whose images show both modalities. */
interface Plan extends Pick<
  DiscriminativeRow,
  'attribute' | 'nImages' | 'nIdentities' | 'nPositive' | 'majority'
> {
  readonly values: Int8Array;
  readonly folds: Readonly<Record<Scheme, Int8Array | null>>;
}

/** Rows of whole people, `maxImages` at most, ascending. */
function drawPeople(identities: Int32Array, maxImages: number, seed: number): Int32Array {
  const all = Int32Array.from(identities, (_, row) => row);
  if (all.length <= maxImages) return all;
  const sizes = new Map<number, number>();
  for (const identity of identities) sizes.set(identity, (sizes.get(identity) ?? 0) + 1);
  const order = Int32Array.from(sizes.keys());
  new SeededRandom(seed).fork('discriminative images').shuffle(order);
  const drawn = new Set<number>();
  let left = maxImages;
  for (const identity of order) {
    const size = sizes.get(identity)!;
    if (size > left) continue;
    drawn.add(identity);
    left -= size;
  }
  return all.filter((row) => drawn.has(identities[row]!));
}

/** `values` are those of `rows`. `null` where they show one modality or none. */
function planAttribute(
  { identities, identitiesKnown }: DiscriminativeInput,
  rows: Int32Array,
  attribute: string,
  values: Int8Array,
  { nFolds = 5 }: DiscriminativeOptions,
): Plan | null {
  const people = rows.map((row) => identities[row]!);
  const nImages = values.filter((value) => value !== 0).length;
  const nPositive = values.filter((value) => value === 1).length;
  if (nPositive === 0 || nPositive === nImages) return null;
  const stratified = stratifiedFolds(values, nFolds);
  return {
    attribute,
    nImages,
    nIdentities: new Set(people.filter((_, i) => values[i] !== 0)).size,
    nPositive,
    majority: Math.max(nPositive, nImages - nPositive) / nImages,
    values,
    folds: {
      stratified,
      byIdentity: stratified && identitiesKnown ? identityFolds(values, people, nFolds) : null,
    },
  };
}

function notePlan(
  attribute: string,
  plan: Plan | null,
  identitiesKnown: boolean,
  { diagnostics }: DiscriminativeContext,
): void {
  if (!plan?.folds.stratified) diagnostics.add('foldsTooFew', attribute);
  else if (identitiesKnown && !plan.folds.byIdentity) diagnostics.add('identityFoldsTooFew', attribute);
}

/** All schemes and folds of some attributes at once. */
async function judge(
  design: LogisticDesign,
  plans: readonly Plan[],
  nFolds: number,
  context: DiscriminativeContext,
): Promise<DiscriminativeRow[]> {
  const parts = plans.flatMap(({ attribute, values, folds }) =>
    schemes.flatMap((scheme) => {
      const own = folds[scheme];
      return own ? [{ attribute, scheme, values, folds: own }] : [];
    }),
  );
  const tasks = parts.flatMap(({ values, folds }) =>
    Array.from({ length: nFolds }, (_, fold) => ({
      labels: values.map((value, i) => (folds[i] === fold ? 0 : value)),
    })),
  );
  const fits = await fitLogistic(design, tasks, fitContext(context));
  const scores = new Map<string, SchemeScores>();
  parts.forEach(({ attribute, scheme, values, folds }, part) => {
    const own = fits.slice(part * nFolds, (part + 1) * nFolds);
    const nFailed = own.filter(({ converged }) => !converged).length;
    if (nFailed > 0) context.diagnostics.add('regressionUnconverged', `${attribute}, ${scheme}`, nFailed);
    const margins = own.map((fit) => fit.scores);
    scores.set(`${scheme} ${attribute}`, foldScores(margins, values, folds));
  });
  return plans.map(({ attribute, nImages, nIdentities, nPositive, majority }) => {
    const stratified = scores.get(`stratified ${attribute}`) ?? null;
    const byIdentity = scores.get(`byIdentity ${attribute}`) ?? null;
    const leakage = stratified && byIdentity && stratified.balancedAccuracy - byIdentity.balancedAccuracy;
    return { attribute, nImages, nIdentities, nPositive, majority, stratified, byIdentity, leakage };
  });
}

function fitContext({ product, signal }: DiscriminativeContext): LogisticContext {
  return {
    product,
    checkpoint: () => {
      throwIfCancelled(signal);
    },
  };
}

function checkInput({ embeddings, identities, attributes, images }: DiscriminativeInput): void {
  const { rows, dim, data } = embeddings;
  const lengths = [identities.length, images.length, ...attributes.map(({ values }) => values.length)];
  if (data.length !== rows * dim || lengths.some((length) => length !== rows)) {
    throw new AppError(
      'internal',
      `Embeddings of ${rows} × ${dim} in ${data.length} numbers do not fit columns of ${lengths.join(', ')} rows.`,
    );
  }
}
