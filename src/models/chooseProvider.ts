import { AppError } from '../domain/appError.ts';
import type { Provider, ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { agreement, leastAgreement, type Trial } from './providerTrial.ts';

export interface ProviderChoice {
  readonly requested: RequestedProvider;
  /** Tried in this order; the CPU, which has run already, ends the list. */
  readonly candidates: readonly Provider[];
  /** What the CPU gave for the probe; released where another provider is taken. */
  readonly cpu: Trial;
  /** Runs the same probe with another provider. Throws `AppError` where it does not run. */
  readonly attempt: (provider: Provider) => Promise<Trial>;
}

export interface ChosenProvider {
  readonly trial: Trial;
  readonly record: ProviderRecord;
  readonly notes: readonly EmbedderNote[];
}

/**
 * Gives each provider one attempt and takes the first that a profile saw running nodes and whose embeddings of
 * the probe agree with the CPU's. Every refusal is recorded; one that was asked for, or that gave wrong numbers,
 * is a note as well.
 */
export async function chooseProvider(choice: ProviderChoice): Promise<ChosenProvider> {
  const { requested, cpu } = choice;
  const refused: { provider: Provider; reason: string }[] = [];
  const notes: EmbedderNote[] = [];
  for (const provider of choice.candidates) {
    if (provider === 'cpu') break;
    const outcome = await tryOne(choice, provider);
    if (outcome.trial) {
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

type Outcome =
  | { readonly trial: Trial; readonly agreement: number }
  | { readonly trial: null; readonly reason: string; readonly disagrees: boolean };

async function tryOne({ cpu, attempt }: ProviderChoice, provider: Provider): Promise<Outcome> {
  let trial: Trial;
  try {
    trial = await attempt(provider);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'nativeModuleMissing') throw error;
    return { trial: null, reason: error.message, disagrees: false };
  }
  const least = agreement(cpu.result, trial.result, cpu.rows);
  if (trial.nodeShare > 0 && least > leastAgreement) return { trial, agreement: least };
  await trial.session.release();
  if (!(trial.nodeShare > 0))
    return { trial: null, reason: 'the profile saw no node of the model on it.', disagrees: false };
  return {
    trial: null,
    reason: `its embeddings differ from the CPU's (smallest cosine ${least.toFixed(6)}).`,
    disagrees: true,
  };
}
