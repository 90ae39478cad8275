import { AppError } from '../domain/appError.ts';
import type { Provider, ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { leastAgreement, type ProvenSession } from './providerTrial.ts';

export interface ProviderChoice<T extends ProvenSession> {
  readonly requested: RequestedProvider;
  /** Tried in this order; the CPU, which has run already, ends the list. */
  readonly candidates: readonly Provider[];
  /** What the CPU gave for the probe; released where another provider is taken. */
  readonly cpu: T;
  /** Runs the same probe with another provider. Throws `AppError` where it does not run. */
  readonly attempt: (provider: Provider) => Promise<T>;
  /** Smallest cosine between what the CPU and another provider gave for the probe. */
  readonly agreement: (cpu: T, other: T) => number;
  /** What that compares, in the plural: «embeddings». */
  readonly compared: string;
}

export interface ChosenProvider<T extends ProvenSession> {
  readonly trial: T;
  readonly record: ProviderRecord;
  readonly notes: readonly EmbedderNote[];
}

/**
 * Gives each provider one attempt and takes the first that a profile saw running nodes and that agrees with the CPU
 * on the probe. Every refusal is recorded; one that was asked for, or that gave wrong numbers,
 * is a note as well.
 */
export async function chooseProvider<T extends ProvenSession>(
  choice: ProviderChoice<T>,
): Promise<ChosenProvider<T>> {
  const { requested, cpu } = choice;
  const refused: { provider: Provider; reason: string }[] = [];
  const notes: EmbedderNote[] = [];
  for (const provider of choice.candidates) {
    if (provider === 'cpu') break;
    const outcome = await proveProvider(choice, provider);
    if (outcome.isTaken) {
      await cpu.session.release();
      const { nodeShare } = outcome.trial;
      const record = { requested, ran: provider, nodeShare, agreement: outcome.agreement, refused };
      return { trial: outcome.trial, record, notes };
    }
    refused.push({ provider, reason: outcome.reason });
    if (outcome.disagrees) notes.push({ code: 'providerDisagrees', text: `${provider}: ${outcome.reason}` });
    if (requested !== 'auto')
      notes.push({
        code: 'providerFellBack',
        text: `${provider} did not run it, the CPU did: ${outcome.reason}`,
      });
  }
  const record = { requested, ran: 'cpu', nodeShare: cpu.nodeShare, agreement: null, refused } as const;
  return { trial: cpu, record, notes };
}

export type ProviderOutcome<T> =
  | { readonly isTaken: true; readonly trial: T; readonly agreement: number }
  | { readonly isTaken: false; readonly reason: string; readonly disagrees: boolean };

/** One attempt: runs the probe, and releases the session again where the provider is not to be trusted. */
export async function proveProvider<T extends ProvenSession>(
  { cpu, attempt, agreement, compared }: Omit<ProviderChoice<T>, 'requested' | 'candidates'>,
  provider: Provider,
): Promise<ProviderOutcome<T>> {
  let trial: T;
  try {
    trial = await attempt(provider);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'nativeModuleMissing') throw error;
    return { isTaken: false, reason: error.message, disagrees: false };
  }
  const least = agreement(cpu, trial);
  if (trial.nodeShare > 0 && least > leastAgreement) return { isTaken: true, trial, agreement: least };
  await trial.session.release();
  if (!(trial.nodeShare > 0))
    return { isTaken: false, reason: 'the profile saw no node of the model on it.', disagrees: false };
  return {
    isTaken: false,
    reason: `its ${compared} differ from the CPU's (smallest cosine ${least.toFixed(6)}).`,
    disagrees: true,
  };
}
