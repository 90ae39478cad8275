/**
 * What providers do with a small net, as JSON on the last line of output. Run by webgpu.test.ts in a process of its own,
 * whose surroundings say which Vulkan driver there is.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider, ProviderRecord, RequestedProvider } from '../../../src/domain/provider.ts';
import { BatchLimit } from '../../../src/models/batchLimit.ts';
import { chooseProvider } from '../../../src/models/chooseProvider.ts';
import type { EmbedderNote } from '../../../src/models/embedderNote.ts';
import { openEmbedder } from '../../../src/models/openEmbedder.ts';
import { identifyModel, prepareModel } from '../../../src/models/prepareModel.ts';
import { noProviderMemory } from '../../../src/models/providerMemory.ts';
import { agreement, probePixels, type Trial, tryProvider } from '../../../src/models/providerTrial.ts';
import { netBytes, smallConvNet } from '../../support/onnxNets.ts';

export interface ProviderFacts {
  readonly requested: Opened;
  readonly auto: Opened;
  readonly doctored: Pick<Opened, 'provider' | 'notes'>;
  /** A batch of the provider against the CPU's. */
  readonly largestDifference: number;
}

interface Opened {
  readonly provider: ProviderRecord;
  readonly notes: readonly EmbedderNote[];
  readonly embeddings: readonly number[];
}

const batchSize = 8;
const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-webgpu-'));
const path = join(folder, 'net.onnx');
try {
  writeFileSync(path, netBytes(smallConvNet({ width: 32, height: 32 })));
  const requested = await open('webgpu');
  const auto = await open('auto');
  const cpu = await open('cpu');
  const facts: ProviderFacts = {
    requested,
    auto,
    doctored: await chooseDoctored(),
    largestDifference: Math.max(...cpu.embeddings.map((x, i) => Math.abs(x - requested.embeddings[i]!))),
  };
  console.log(JSON.stringify(facts));
} finally {
  rmSync(folder, { recursive: true });
}

async function open(provider: RequestedProvider): Promise<Opened> {
  const embedder = await openEmbedder({
    override: { path },
    provider,
    batchSize,
    paperCompat: false,
    halfPrecision: false,
    memory: () => noProviderMemory,
    log: () => undefined,
  });
  const { embeddings } = await embedder.run(probePixels(embedder.profile.preprocessing, batchSize, 3));
  await embedder.release();
  return { provider: embedder.provider, notes: embedder.notes, embeddings: [...embeddings] };
}

/** A session on the real device whose results are shifted by one place. */
async function chooseDoctored(): Promise<ProviderFacts['doctored']> {
  const { file, profile } = await identifyModel({ path }, false);
  const model = prepareModel(file.model, profile);
  const pixels = probePixels(profile.preprocessing, batchSize, 1);
  const attempt = async (provider: Provider): Promise<Trial> => {
    const trial = await tryProvider(model, provider, pixels, batchSize);
    const { embeddings } = trial.result;
    if (provider !== 'cpu') embeddings.set([...embeddings.subarray(1), embeddings[0]!]);
    return trial;
  };
  const { record, notes, trial } = await chooseProvider<Trial>({
    requested: 'webgpu',
    candidates: ['webgpu', 'cpu'],
    cpu: { ...(await attempt('cpu')), limit: new BatchLimit(batchSize) },
    attempt,
    agreement: (ours, theirs) => agreement(ours.result, theirs.result, batchSize),
    compared: 'embeddings',
    speed: () => Promise.resolve(1),
    memory: noProviderMemory,
  });
  await trial.session.release();
  return { provider: record, notes };
}
