import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { hardwareMarkdown } from '../extension/hardwareMarkdown.ts';
import type { CudaInstallation } from '../protocol/hardwareJobs.ts';
import type { JobResult } from '../protocol/jobs.ts';
import { readComparison } from '../protocol/readComparison.ts';
import { readProjection } from '../protocol/readProjection.ts';
import { readReport } from '../protocol/readReport.ts';
import type { Freshness } from '../protocol/reportJobs.ts';
import type { Report, VerificationResult } from '../protocol/report.ts';
import { comparisonText } from './printComparison.ts';
import { descriptionLines } from './printDescription.ts';
import { inspectionText } from './printInspection.ts';
import { macroscaleLines } from './printMacroscale.ts';
import { projectionSummary, projectionText } from './printProjection.ts';

/** What a finished job says on standard output. */
export async function printResult(result: JobResult, json: boolean): Promise<string> {
  switch (result.kind) {
    case 'describe':
    case 'invariance':
    case 'validateEnergy':
    case 'analyze': {
      const report = readReport(JSON.parse(await readFile(result.report, 'utf8')));
      if (json) return JSON.stringify(report.results);
      const lines = result.kind === 'describe' ? descriptionLines(report) : [];
      return `${reportSummary(report, lines)}\n\nReport: ${result.report}`;
    }
    case 'sample':
      return json
        ? JSON.stringify(result)
        : `${result.nImages} images and ${result.model} written.\nSample workspace: ${result.folder}`;
    case 'baseline':
      return json ? JSON.stringify(result) : baselineSummary(result);
    case 'inspect':
      return json ? JSON.stringify(result) : inspectionText(result.inspection);
    case 'hardware':
      return json ? JSON.stringify(result.hardware) : hardwareMarkdown(result.hardware, homedir()).trimEnd();
    case 'installCuda':
      return json ? JSON.stringify(result.installation) : installationSummary(result.installation);
    case 'check':
      return json ? JSON.stringify(result.freshness) : freshnessText(result.freshness);
    case 'compare': {
      const comparison = readComparison(JSON.parse(await readFile(result.report, 'utf8')));
      const { changes, pairs, notes } = comparison;
      return json
        ? JSON.stringify({ changes, pairs, notes })
        : `${comparisonText(comparison)}\n\nComparison: ${result.report}`;
    }
    case 'project': {
      const text = await readFile(result.projection, 'utf8');
      const projection = readProjection(text, result.projection);
      return json
        ? JSON.stringify(projectionSummary(projection))
        : `${projectionText(projection)}\n\nProjection: ${result.projection}`;
    }
    case 'export':
      return json
        ? JSON.stringify({ folder: result.folder, files: result.files })
        : `${result.files.length} files written; README.txt says what is what.\nExport: ${result.folder}`;
    case 'crops':
    case 'preview':
    case 'latticePreview':
      return JSON.stringify(result, null, 2);
    case 'embed':
      return json
        ? JSON.stringify(result)
        : result.models
            .map(
              (one) =>
                `${one.model}: ${one.nEmbedded} embedded, ${one.nComputed} of them now, ${one.nFailed} left out.\nStore: ${one.store}`,
            )
            .join('\n');
  }
}

function installationSummary({ folder, version, links }: CudaInstallation): string {
  return `Provider libraries of ONNX Runtime ${version} for CUDA, and ${Object.keys(links).length} libraries of CUDA that are used where they are.\nFolder: ${folder}\nattribute-lens finds it by itself; see «attribute-lens hardware».`;
}

function freshnessText({ state, changes }: Freshness): string {
  const titles = {
    current: 'Current: data and models are what they were.',
    stale: 'Stale: run the analysis again.',
    unknown: 'Unknown: not everything can be compared.',
  };
  return [titles[state], ...changes.map((change) => `· ${change}`)].join('\n');
}

function baselineSummary(result: Extract<JobResult, { kind: 'baseline' }>): string {
  const { method, components, nImages, nIdentities, model } = result;
  const people = method === 'fisherfaces' ? ` of ${nIdentities} identities` : '';
  return `${method} with ${components} components, learned from ${nImages} images${people}.\nModel: ${model}`;
}

function reportSummary(report: Report, description: readonly string[]): string {
  const { dataset, models } = report.inputs;
  const people = dataset.identitiesKnown ? `${dataset.nIdentities} identities` : 'identities unknown';
  const parts = [
    `${dataset.name}: ${dataset.nImages} images, ${people}, ${dataset.attributes.length} attributes`,
    ...description,
  ];
  for (const result of report.results.macroscale) {
    const model = models.find(({ name }) => name === result.model);
    parts.push('', `${result.model} (${result.metric}${provider(model)})`, ...macroscaleLines(result));
  }
  for (const result of report.results.verification) parts.push('', ...verificationSummary(result));
  if (report.diagnostics.length > 0)
    parts.push('', ...report.diagnostics.map(({ message }) => `· ${message}`));
  return parts.join('\n');
}

function verificationSummary(result: VerificationResult): string[] {
  const { nMatched, nUnmatched, meanWithin, meanBetween, ratio, tar, lfw } = result;
  const drawn =
    result.sampling.pairs === 'protocol'
      ? 'the data set’s own pairs'
      : `pairs by seed ${result.sampling.seed}`;
  return [
    `${result.model} (${result.metric}): ${nMatched} matched and ${nUnmatched} unmatched pairs, ${drawn}`,
    `mean distance within ${meanWithin.toFixed(3)}${limits(result.meanWithinCi, (x) => x.toFixed(3))}, between ${meanBetween.toFixed(3)}${limits(result.meanBetweenCi, (x) => x.toFixed(3))}, ratio ${ratio === null ? '–' : ratio.toFixed(3)}`,
    `AUC ${result.auc.toFixed(4)}${limits(result.aucCi, (x) => x.toFixed(4))}, EER ${percent(result.eer)}${limits(result.eerCi, percent)}, Bayes error ${percent(result.bayesError)}`,
    ...tar.map(
      ({ far, tar: share, ci, enoughPairs }) =>
        `TAR ${percent(share)} at FAR ${far}${limits(ci, percent)}${enoughPairs ? '' : ', too few unmatched pairs to be sure'}`,
    ),
    ...(lfw
      ? [`${lfw.nFolds} folds: accuracy ${percent(lfw.accuracy)} ± ${percent(lfw.standardError)}`]
      : []),
  ];
}

function limits(ci: readonly [number, number] | null, format: (x: number) => string): string {
  return ci === null ? '' : ` (95 %: ${format(ci[0])} to ${format(ci[1])})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function provider(model: Report['inputs']['models'][number] | undefined): string {
  return model?.provider ? `, on ${model.provider.ran}` : '';
}
