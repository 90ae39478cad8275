import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { JobContext, Progress } from '../../../src/domain/progress.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { renderSvgAsPng } from '../../../src/models/decoder.ts';
import type { AnalyzeJob } from '../../../src/protocol/jobs.ts';
import { readReport } from '../../../src/protocol/readReport.ts';
import type { Report } from '../../../src/protocol/report.ts';
import { analyzeDefaults } from '../../support/jobDefaults.ts';
import { netBytes, pixelRevealingNet } from '../../support/onnxNets.ts';

/** 12 people × 2 images: flat colours, red for whoever is `Warm`, with a shade of their own. */
export const nPeople = 12;
export const imagesEach = 2;

export interface Study {
  readonly folder: string;
  readonly job: (changes?: Partial<AnalyzeJob>) => AnalyzeJob;
}

/** A CelebA-like folder and a net whose embedding is the colour it saw at a few places. */
export async function smallStudy(
  t: TestContext,
  options: {
    readonly reverse?: boolean;
    readonly files?: Readonly<Record<string, string | Uint8Array>>;
  } = {},
): Promise<Study> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files: Record<string, string | Uint8Array> = { 'net.onnx': netBytes(pixelRevealingNet()) };
  const attributes: string[] = [];
  const identities: string[] = [];
  for (let person = 0; person < nPeople; person++) {
    for (let image = 0; image < imagesEach; image++) {
      const name = `${String(person * imagesEach + image + 1).padStart(6, '0')}.png`;
      const warm = person % 2 === 0;
      const smiling = image === 0;
      files[`faces/${name}`] = await flatImage(
        warm ? 200 : 30,
        40 + 12 * person,
        warm ? 30 + 5 * image : 200 - 5 * image,
      );
      attributes.push(`${name} ${warm ? ' 1' : '-1'} ${smiling ? ' 1' : '-1'}`);
      identities.push(`${name} ${person}`);
    }
  }
  files['faces/list_attr_celeba.txt'] = [attributes.length, 'Warm Smiling', ...attributes, ''].join('\n');
  files['faces/identity_CelebA.txt'] = [...identities, ''].join('\n');
  Object.assign(files, options.files);
  const names = Object.keys(files).sort();
  for (const name of options.reverse === true ? names.reverse() : names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), files[name]!);
  }
  return {
    folder,
    job: (changes = {}) => ({
      ...analyzeDefaults,
      data: join(folder, 'faces'),
      models: [{ path: join(folder, 'net.onnx') }],
      storeFolder: join(folder, 'store'),
      metric: 'euclidean',
      selection: 'first',
      report: join(folder, 'out', 'study.attrlens.json'),
      ...changes,
    }),
  };
}

export function flatImage(red: number, green: number, blue: number): Promise<Uint8Array> {
  return renderSvgAsPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="rgb(${red},${green},${blue})"/></svg>`,
  );
}

export interface Heard {
  readonly progress: Progress[];
  readonly log: string[];
}

/** Runs a job and reads its report; `onProgress` may cancel. */
export async function analyze(
  job: AnalyzeJob,
  onProgress?: (update: Progress, controller: AbortController) => void,
): Promise<Report & { readonly heard: Heard }> {
  const heard: Heard = { progress: [], log: [] };
  await runJob(job, listeningContext(heard, onProgress));
  return { ...readReport(JSON.parse(await readFile(job.report, 'utf8'))), heard };
}

export function listeningContext(
  heard: Heard,
  onProgress?: (update: Progress, controller: AbortController) => void,
): JobContext {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    progress(update) {
      heard.progress.push(update);
      onProgress?.(update, controller);
    },
    log: (level, message) => heard.log.push(`${level}: ${message}`),
  };
}

/** The report's text without its times, the only part in which two runs may differ. */
export async function textWithoutTimes(report: string): Promise<string> {
  return (await readFile(report, 'utf8')).replace(/"times": \{[^]*$/, '');
}
