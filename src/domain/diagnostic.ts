/**
 * Trouble with one image, row or attribute. It never ends a run: the run completes on the rest,
 * and the report counts and names what was left out and why.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly count: number;
  /** The first 100 in order of appearance. */
  readonly items: readonly string[];
}

export const maxDiagnosticItems = 100;

/** One sentence for each code, from the count; the items say which. */
const sentences = {
  imageUnreadable: (n) => `${images(n)} could not be decoded and ${were(n)} left out.`,
  imageTooSmall: (n) => `${images(n)} ${were(n)} smaller than 8 × 8 pixels and ${were(n)} left out.`,
  faceMissing: (n) => `In ${images(n)} no face was found; ${n === 1 ? 'it was' : 'they were'} left out.`,
  facesSeveral: (n) =>
    `In ${images(n)} several faces were found; ${n === 1 ? 'it was' : 'they were'} left out.`,
  landmarksMissing: (n) =>
    `${images(n)} ${n === 1 ? 'has' : 'have'} no usable landmarks and ${were(n)} left out.`,
  imagesTooFew: (n) => `${images(n)} of identities with too few images ${were(n)} left out.`,
  imageOutlier: (n) => `${images(n)} far from the others of their identity ${were(n)} left out.`,
  imageNotFound: (n) => `${images(n)} named in the annotations ${n === 1 ? 'is' : 'are'} not on disk.`,
  imageNotInTable: (n) =>
    `${images(n)} on disk ${n === 1 ? 'has' : 'have'} no row in the annotations and ${were(n)} left out.`,
  imageRepeatedInTable: (n) => `${rows(n)} named an image a second time and ${were(n)} left out.`,
  imageDuplicate: (n) =>
    `${images(n)} ${n === 1 ? 'has' : 'have'} the same content as another image; the embedding was computed once.`,
  imageNameInvalid: (n) =>
    `${images(n)} ${n === 1 ? 'has a name' : 'have names'} that the data set's rule for names does not fit; the attributes count as unknown.`,
  fileIgnored: (n) =>
    `${n} ${n === 1 ? 'file was' : 'files were'} ignored: hidden, or of an image format that is not read.`,
  dataSetNote: (n) => `${n} ${n === 1 ? 'remark' : 'remarks'} about how the data set was read.`,
  rowCountMismatch: () => 'The annotation table holds another number of rows than its first line promises.',
  rowInvalid: (n) => `${rows(n)} of the annotations had a wrong number of values and ${were(n)} left out.`,
  valueInvalid: (n) =>
    `${n} annotation ${n === 1 ? 'value was' : 'values were'} not understood and count${n === 1 ? 's' : ''} as unknown.`,
  identityFileMissing: () => 'No identity file was found: each image counts as a person of its own.',
  identityUnknown: (n) =>
    `${images(n)} ${n === 1 ? 'has' : 'have'} no identity; each counts as a person of its own.`,
  pairMissing: (n) =>
    `${n} verification ${n === 1 ? 'pair names an image that is' : 'pairs name images that are'} not in the data set and ${were(n)} left out.`,
  attributeRule: (n) => `${n} ${n === 1 ? 'column was' : 'columns were'} turned into attributes by a rule.`,
  attributeIgnored: (n) => `${n} ${n === 1 ? 'column' : 'columns'} could not be used as an attribute.`,
  columnValuesMany: (n) =>
    `${n} ${n === 1 ? 'column has' : 'columns have'} more than eight values, which are compared with the rest and not with each other.`,
  attributesComputed: (n) =>
    `The folder has no annotations: ${n} attributes were computed from the images themselves.`,
  modalityEmpty: (n) =>
    `${n} ${n === 1 ? 'attribute has' : 'attributes have'} images of one modality only and ${were(n)} not tested.`,
  modalityTooSmall: (n) =>
    `${n} ${n === 1 ? 'attribute has' : 'attributes have'} fewer than two identities in a modality and ${were(n)} not tested.`,
  conditionTooSmall: (n) =>
    `${n} ${n === 1 ? 'attribute' : 'attributes'} could not be compared with another one held fixed: too few people are alike in it.`,
  comparisonRowsDiffer: (n) =>
    `${n} ${n === 1 ? 'attribute was' : 'attributes were'} not compared between two models: an image has a usable embedding in one of them alone.`,
  modalityDistancesEqual: (n) =>
    `For ${n} ${n === 1 ? 'attribute' : 'attributes'} all distances are equal: there is nothing to compare.`,
  curveIncomplete: (n) =>
    `${n} ${n === 1 ? 'curve' : 'curves'} ${n === 1 ? 'lacks' : 'lack'} a step, or its embedding, and ${were(n)} left out.`,
  foldsTooFew: (n) =>
    `${n} ${n === 1 ? 'attribute has' : 'attributes have'} too few images of a modality for the folds of a cross-validation and ${were(n)} not read off the embeddings.`,
  identityFoldsTooFew: (n) =>
    `For ${n} ${n === 1 ? 'attribute' : 'attributes'} too few people show a modality for folds that share nobody: how well ${n === 1 ? 'it is' : 'they are'} read off embeddings of strangers is unknown.`,
  regressionUnconverged: (n) =>
    `${n} logistic ${n === 1 ? 'regression' : 'regressions'} did not converge: the accuracies are approximate.`,
  basePointsTwin: (n) =>
    `${n} ${n === 1 ? 'pair' : 'pairs'} of base points ${n === 1 ? 'has' : 'have'} the same embedding; by inverse distance they have no weight.`,
  embeddingInvalid: (n) =>
    `${images(n)} got an embedding that is zero or not finite and ${were(n)} left out.`,
  centroidVanishes: (n) =>
    `The embeddings of ${n} ${n === 1 ? 'identity cancel' : 'identities cancel'} out, so that ${n === 1 ? 'it has no centroid' : 'they have no centroids'}; ${n === 1 ? 'it was' : 'they were'} left out.`,
  embeddingMissing: (n) => `${images(n)} ${n === 1 ? 'has' : 'have'} no embedding and ${were(n)} left out.`,
  embeddingImageUnknown: (n) =>
    `${rows(n)} of the embeddings named an image that the data set does not hold and ${were(n)} left out.`,
  pairUnusable: (n) =>
    `${n} ${n === 1 ? 'pair' : 'pairs'} of the protocol ${n === 1 ? 'has' : 'have'} an image without a usable embedding and ${were(n)} left out.`,
  pairsTooFew: (n) =>
    `${n} false accept ${n === 1 ? 'rate needs' : 'rates need'} more unmatched pairs than there are, at least one over the rate; the accept rates there are unsure.`,
  distancesEqual: () =>
    'All distances are equal: the embeddings tell nobody from anybody, and the accept rates mean nothing.',
  identityNotFiltered: (n) =>
    `${n} ${n === 1 ? 'identity has' : 'identities have'} too few images for the outlier filter and ${were(n)} kept as they are.`,
  identityAllOutliers: (n) =>
    `${n} ${n === 1 ? 'identity' : 'identities'} lost all images to the outlier filter: with three images or fewer, or identical ones, none is nearer to another than the median.`,
  providerFellBack: () => 'The requested execution provider did not run; another one did.',
  providerDisagrees: () => 'An execution provider gave other embeddings than the CPU and was refused.',
  batchReduced: () => 'The batch size was reduced because of the model.',
  detectorNote: (n) => `${n} ${n === 1 ? 'remark' : 'remarks'} about the face detector.`,
  modelNote: (n) => `${n} ${n === 1 ? 'remark' : 'remarks'} about the model.`,
} as const satisfies Record<string, (count: number) => string>;

export type DiagnosticCode = keyof typeof sentences;

export const diagnosticCodes = Object.keys(sentences) as readonly DiagnosticCode[];

/** Collects diagnostics of one run; codes keep the order of the table above, items that of their arrival. */
export class DiagnosticLog {
  readonly #counts = new Map<DiagnosticCode, { count: number; items: string[] }>();

  add(code: DiagnosticCode, item?: string, count = 1): void {
    const entry = this.#counts.get(code) ?? { count: 0, items: [] };
    entry.count += count;
    if (item !== undefined && entry.items.length < maxDiagnosticItems) entry.items.push(item);
    this.#counts.set(code, entry);
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const { code, count, items } of diagnostics) {
      for (const item of items) this.add(code, item);
      if (count > items.length) this.add(code, undefined, count - items.length);
    }
  }

  toArray(): readonly Diagnostic[] {
    return diagnosticCodes.flatMap((code) => {
      const entry = this.#counts.get(code);
      if (!entry) return [];
      return [{ code, message: sentences[code](entry.count), count: entry.count, items: entry.items }];
    });
  }
}

function images(n: number): string {
  return `${n} ${n === 1 ? 'image' : 'images'}`;
}

function rows(n: number): string {
  return `${n} ${n === 1 ? 'row' : 'rows'}`;
}

function were(n: number): string {
  return n === 1 ? 'was' : 'were';
}
