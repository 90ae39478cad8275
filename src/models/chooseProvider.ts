import { AppError } from '../domain/appError.ts';
import type { Provider, ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { leastAgreement, type ProvenSession } from './providerTrial.ts';

/** Images a second by provider, as measured here. */
export type ProviderSpeeds = Readonly<Partial<Record<Provider, number>>>;

/** What was found out before of this model, on this machine, with these versions. */
export interface ProviderMemory {
  /** `null`: never measured. */
  readonly speeds: ProviderSpeeds | null;
  /** Images that a provider's memory held at once, where it did not hold a whole batch. */
  readonly rows: Readonly<Partial<Record<Provider, number>>>;
  rememberSpeeds(speeds: ProviderSpeeds): Promise<void>;
  rememberRows(provider: Provider, rows: number): Promise<void>;
}

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
  /** Images a second of a session that has run. */
  readonly speed: (trial: T) => Promise<number>;
  readonly memory: Pick<ProviderMemory, 'speeds' | 'rememberSpeeds'>;
}

export interface ChosenProvider<T extends ProvenSession> {
  readonly trial: T;
  readonly record: ProviderRecord;
  readonly notes: readonly EmbedderNote[];
}

type Refusal = ProviderRecord['refused'][number];

/**
 * Gives each provider one attempt. Under `auto` the fastest is taken of those that a profile saw running nodes and
 * that agree with the CPU on the probe, the CPU among them: no provider is taken that makes a machine slower. Speeds
 * are remembered; then the fastest alone is proven again. A provider asked for by name is taken where it is proven.
 * Every refusal is recorded; a note as well is one that was asked for, that gave wrong numbers, or that leaves an
 * NVIDIA device unused.
 */
export async function chooseProvider<T extends ProvenSession>(
  choice: ProviderChoice<T>,
): Promise<ChosenProvider<T>> {
  const others = choice.candidates.filter((provider) => provider !== 'cpu');
  const known = choice.requested === 'auto' && others.length > 0 ? choice.memory.speeds : null;
  if (known !== null) {
    const chosen = await chooseRemembered(choice, others, known);
    if (chosen !== null) return chosen;
  }
  const proven: Proven<T>[] = [];
  const refused: Refusal[] = [];
  const notes: EmbedderNote[] = [];
  for (const provider of others) {
    const outcome = await proveProvider(choice, provider);
    if (outcome.isTaken) {
      proven.push({ provider, trial: outcome.trial, agreement: outcome.agreement });
      if (choice.requested !== 'auto') break;
    } else {
      refused.push({ provider, reason: outcome.reason });
      notes.push(...notesOf(choice.requested, provider, outcome));
    }
  }
  const cpu: Proven<T> = { provider: 'cpu', trial: choice.cpu, agreement: null };
  const winner =
    choice.requested === 'auto' && proven.length > 0
      ? await fastest(choice, [...proven, cpu], refused)
      : (proven[0] ?? cpu);
  return settle(choice, winner, [...proven, cpu], refused, notes);
}

interface Proven<T> {
  readonly provider: Provider;
  readonly trial: T;
  readonly agreement: number | null;
}

/** `null` where what was the fastest does not run any more, so that all are tried anew. */
async function chooseRemembered<T extends ProvenSession>(
  choice: ProviderChoice<T>,
  others: readonly Provider[],
  known: ProviderSpeeds,
): Promise<ChosenProvider<T> | null> {
  const best = [...others, 'cpu' as const].reduce<Provider>(
    (a, b) => ((known[b] ?? -1) > (known[a] ?? -1) ? b : a),
    'cpu',
  );
  const refused = others.flatMap((provider) => {
    const speed = known[provider];
    if (provider === best) return [];
    const reason =
      speed === undefined
        ? 'it did not run this model when it was tried here before.'
        : slowerInWords(speed, best, known[best]!);
    return [{ provider, reason }];
  });
  const cpu: Proven<T> = { provider: 'cpu', trial: choice.cpu, agreement: null };
  if (best === 'cpu') return settle(choice, cpu, [cpu], refused, []);
  const outcome = await proveProvider(choice, best);
  if (!outcome.isTaken) return null;
  const winner = { provider: best, trial: outcome.trial, agreement: outcome.agreement };
  return settle(choice, winner, [winner, cpu], refused, []);
}

async function fastest<T extends ProvenSession>(
  { speed, memory }: ProviderChoice<T>,
  runners: readonly Proven<T>[],
  refused: Refusal[],
): Promise<Proven<T>> {
  const speeds = new Map<Provider, number>();
  for (const { provider, trial } of runners) speeds.set(provider, await speed(trial));
  await memory.rememberSpeeds(Object.fromEntries(speeds));
  const winner = runners.reduce((a, b) => (speeds.get(b.provider)! > speeds.get(a.provider)! ? b : a));
  for (const { provider } of runners) {
    if (provider === winner.provider || provider === 'cpu') continue;
    const reason = slowerInWords(speeds.get(provider)!, winner.provider, speeds.get(winner.provider)!);
    refused.push({ provider, reason });
  }
  return winner;
}

async function settle<T extends ProvenSession>(
  { requested }: ProviderChoice<T>,
  { provider, trial, agreement }: Proven<T>,
  opened: readonly Proven<T>[],
  refused: readonly Refusal[],
  notes: readonly EmbedderNote[],
): Promise<ChosenProvider<T>> {
  for (const other of opened) if (other.trial !== trial) await other.trial.session.release();
  const { nodeShare, nodeTimeShare } = trial;
  const record = { requested, ran: provider, nodeShare, nodeTimeShare, agreement, refused };
  return { trial, record, notes };
}

function slowerInWords(speed: number, best: Provider, bestSpeed: number): string {
  return `it is slower here: ${perSecond(speed)} images/s against ${perSecond(bestSpeed)} on ${best}.`;
}

function perSecond(speed: number): string {
  return speed >= 10 ? String(Math.round(speed)) : speed.toFixed(1);
}

function notesOf(
  requested: RequestedProvider,
  provider: Provider,
  { reason, disagrees }: Extract<ProviderOutcome<unknown>, { isTaken: false }>,
): EmbedderNote[] {
  const notes: EmbedderNote[] = [];
  if (disagrees) notes.push({ code: 'providerDisagrees', text: `${provider}: ${reason}` });
  if (requested !== 'auto') {
    notes.push({
      code: 'providerFellBack',
      text: `${provider} did not run it, the CPU did: ${reason}`,
    });
  } else if (provider === 'cuda' && !disagrees) {
    // Under auto CUDA is tried only where an NVIDIA device is: its owner wants to know.
    notes.push({
      code: 'providerFellBack',
      text: `an NVIDIA device is there, but CUDA did not run it: ${reason}`,
    });
  }
  return notes;
}

export type ProviderOutcome<T> =
  | { readonly isTaken: true; readonly trial: T; readonly agreement: number }
  | { readonly isTaken: false; readonly reason: string; readonly disagrees: boolean };

/** One attempt: runs the probe, and releases the session again where the provider is not to be trusted. */
export async function proveProvider<T extends ProvenSession>(
  {
    cpu,
    attempt,
    agreement,
    compared,
  }: Pick<ProviderChoice<T>, 'cpu' | 'attempt' | 'agreement' | 'compared'>,
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
