import { describeModelInput } from '../domain/preprocessing.ts';
import type { ModelInspection, ModelSelfTest, TensorDescription } from '../protocol/jobs.ts';

/** An inspected model in words, for a terminal of any width. */
export function inspectionText(inspection: ModelInspection): string {
  const { profile, producer, opset, operators } = inspection;
  const facts: readonly (readonly [label: string, text: string])[] = [
    ['family', `${profile.family}, compared by ${profile.metric} distance`],
    ['why', profile.why],
    ['image', describeModelInput(profile)],
    ...inspection.inputs.map((input) => ['input', tensorText(input)] as const),
    ...inspection.outputs.map(
      (output) => ['output', tensorText(output) + roleOf(output, inspection)] as const,
    ),
    ['batch', batchText(inspection)],
    ['parameters', whole(inspection.nParameters)],
    ['operators', operators.map(({ name, count }) => `${count} ${name}`).join(', ')],
    [
      'file',
      `${whole(inspection.nBytes)} bytes, opset ${opset ?? 'unknown'}, written by ${producer === '' ? 'an unknown tool' : producer}`,
    ],
    ['sha256', inspection.sha256],
    ['licence', inspection.licenceNote ?? 'Unknown: ask whoever published the weights.'],
    ...inspection.notes.map((note) => ['note', note] as const),
  ];
  return [
    inspection.name,
    ...facts.map(([label, text]) => `${label.padEnd(11)} ${text}`),
    '',
    ...selfTestLines(inspection.selfTest, profile.metric),
    '',
    ...speedLines(inspection),
  ].join('\n');
}

function tensorText({ name, elementType, shape }: TensorDescription): string {
  return `${name} ${elementType} [${shape.join(', ')}]`;
}

function roleOf({ name }: TensorDescription, { profile }: ModelInspection): string {
  if (name === profile.embeddingOutput) return ', the embedding';
  return name === profile.normOutput ? ', its norm' : ', not used';
}

function batchText({ profile }: ModelInspection): string {
  if (profile.quantised) return '1: it is quantised dynamically, so that rows would depend on each other';
  return profile.fixedBatch === null ? 'free' : `fixed at ${profile.fixedBatch}`;
}

function selfTestLines(test: ModelSelfTest, metric: string): readonly string[] {
  const { norm, meanWithin, meanBetween } = test;
  return [
    `Self-test with ${test.nFaces} drawn faces: ${test.passed ? 'passed' : 'failed'}`,
    ...test.problems.map((problem) => `· ${problem}`),
    `vectors of ${test.dim} values, ${
      norm === null
        ? 'none of them finite'
        : `norms from ${significant(norm.min, 4)} to ${significant(norm.max, 4)}, ${significant(norm.mean, 4)} on average`
    }`,
    ...(meanWithin === null || meanBetween === null
      ? []
      : [
          `mean ${metric} distance ${meanWithin.toFixed(3)} within a person, ${meanBetween.toFixed(3)} between people`,
        ]),
  ];
}

function speedLines({ speed, refused }: ModelInspection): readonly string[] {
  return [
    'provider  batch  images/s  smallest cosine to the CPU',
    ...speed.map(({ provider, batchSize, imagesPerSecond, agreement }) =>
      [
        provider.padEnd(8),
        String(batchSize).padStart(5),
        significant(imagesPerSecond, 3).padStart(8),
        agreement === null ? '' : agreement.toFixed(6),
      ]
        .join('  ')
        .trimEnd(),
    ),
    ...refused.map(({ provider, reason }) => `${provider} was refused: ${reason}`),
  ];
}

/** With so many digits, or more for large numbers: never with an exponent for those. */
function significant(value: number, digits: number): string {
  return value < 10 ** (digits - 1) ? value.toPrecision(digits) : String(Math.round(value));
}

/** With a thin space between thousands. */
function whole(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
