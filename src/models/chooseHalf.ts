import { AppError } from '../domain/appError.ts';
import type { Provider } from '../domain/provider.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { toHalfPrecision } from './halfPrecision.ts';
import type { OnnxModel } from './onnxProto.ts';
import { type PreparedModel, prepareModel } from './prepareModel.ts';
import { agreement, leastAgreement, type Trial } from './providerTrial.ts';

export interface HalfChoice {
  readonly model: OnnxModel;
  readonly single: { readonly prepared: PreparedModel; readonly trial: Trial };
  readonly provider: Provider;
  /** What the CPU gave for the probe in single precision. */
  readonly cpu: Trial;
  readonly attempt: (prepared: PreparedModel) => Promise<Trial>;
  readonly speed: (prepared: PreparedModel, trial: Trial) => Promise<number>;
}

export interface ChosenPrecision {
  readonly precision: 'single' | 'half';
  readonly prepared: PreparedModel;
  readonly trial: Trial;
  /** Smallest cosine to the CPU; `null` where single precision stays. */
  readonly agreement: number | null;
  readonly note: EmbedderNote;
}

/**
 * Half precision where the provider runs the model so, its embeddings agree with the CPU's in single precision, and
 * it is faster; else single precision, and the note says why. The session that is not taken is released.
 */
export async function chooseHalf(choice: HalfChoice): Promise<ChosenPrecision> {
  const { single, provider, cpu } = choice;
  const stay = (why: string): ChosenPrecision => ({
    ...single,
    precision: 'single',
    agreement: null,
    note: { code: 'modelNote', text: `it runs in single precision, though half was asked for: ${why}.` },
  });
  if (provider === 'cpu') return stay('half precision is for GPUs, and the CPU runs it');
  const half = toHalfPrecision(choice.model);
  if (!half.isPossible) return stay(half.reason);
  const prepared = prepareModel(half.model, single.prepared.profile);
  let trial: Trial;
  try {
    trial = await choice.attempt(prepared);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return stay(`${provider} does not run it so (${error.message.replace(/\.$/, '')})`);
  }
  const least = agreement(cpu.result, trial.result, cpu.rows);
  const reason = await reasonToStay(choice, prepared, trial, least);
  if (reason !== null) {
    await trial.session.release();
    return stay(reason);
  }
  await single.trial.session.release();
  const note = {
    code: 'modelNote',
    text: `it runs in half precision (smallest cosine to the CPU ${least.toFixed(6)}).`,
  } as const;
  return { precision: 'half', prepared, trial, agreement: least, note };
}

async function reasonToStay(
  { single, provider, speed }: HalfChoice,
  prepared: PreparedModel,
  trial: Trial,
  least: number,
): Promise<string | null> {
  if (!(least > leastAgreement)) return `its embeddings would differ (smallest cosine ${least.toFixed(6)})`;
  if (!(trial.nodeShare > 0)) return `the profile saw no node of it on ${provider}`;
  const [slow, fast] = [await speed(single.prepared, single.trial), await speed(prepared, trial)];
  return fast > slow
    ? null
    : `it is no faster on ${provider} (${fast.toFixed(1)} images/s against ${slow.toFixed(1)})`;
}
