import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { analyzeJobSchema } from '../../../src/protocol/jobs.ts';
import {
  defaultStoreFolder,
  parseSettings,
  reportFileName,
  resolveAnalyzeJob,
  resolvePath,
  type SettingsPlace,
} from '../../../src/protocol/resolveSettings.ts';
import { defaultSettings, type SettingName } from '../../../src/protocol/settings.ts';

const place: SettingsPlace = {
  baseFolder: '/ws',
  home: '/users/ada',
  paths: path.posix,
  defaultStoreFolder: '/cache/attribute-lens',
};

const settingsWith = (values: Partial<Record<SettingName, unknown>>) => parseSettings((name) => values[name]);

test('settings that are not set take their defaults', () => {
  assert.deepEqual(
    parseSettings(() => undefined),
    defaultSettings(),
  );
});

test('zero is a value, not the absence of one', () => {
  assert.equal(settingsWith({ seed: 0 }).seed, 0);
});

const refused: readonly (readonly [SettingName, unknown, RegExp])[] = [
  ['metric', 'cosin', /attributeLens\.metric is "cosin".*"auto"\|"cosine"\|"euclidean"/],
  ['batchSize', 0, /attributeLens\.batchSize is 0.*>=1/],
  ['batchSize', 2.5, /attributeLens\.batchSize is 2\.5.*int/],
  ['seed', -1, /attributeLens\.seed is -1.*>=0/],
  ['dataset', 7, /attributeLens\.dataset is 7.*string/],
  ['models', [{ path: 'a.onnx', channels: 'RBG' }], /not allowed at 0\.channels: .*"RGB"\|"BGR"/],
  ['models', [{ path: 'a.onnx', chanels: 'RGB' }], /not allowed at 0: .*"chanels"/],
  ['models', [''], /not allowed at 0/],
];
for (const [name, value, message] of refused) {
  test(`${name} = ${JSON.stringify(value)} is refused, named with its value and what is allowed`, () => {
    assert.throws(
      () => settingsWith({ [name]: value }),
      (error) => isAppError(error, 'settingInvalid') && message.test(error.message),
    );
  });
}

test('a job has every path absolute, relative ones against the workspace folder', () => {
  const job = resolveAnalyzeJob(
    settingsWith({
      dataset: 'faces',
      annotations: '../anno',
      models: ['m/a.onnx', { path: '/x/b.onnx', mean: 0 }],
    }),
    place,
  );
  assert.deepEqual(job, {
    kind: 'analyze',
    analyses: ['macroscale'],
    data: '/ws/faces',
    annotations: '/anno',
    alignment: { mode: 'auto', detector: null, scoreThreshold: null, retryPadded: true, faces: 'single' },
    paperCompat: false,
    imageStatistics: false,
    minImages: 1,
    outlierFilter: false,
    models: [{ path: '/ws/m/a.onnx' }, { path: '/x/b.onnx', mean: 0 }],
    embeddings: null,
    provider: 'auto',
    batchSize: 32,
    halfPrecision: false,
    storeFolder: '/cache/attribute-lens',
    metric: 'auto',
    maxIdentities: 500,
    selection: 'random',
    sameIdentity: 'exclude',
    points: 'sample',
    repeats: 1,
    permutations: 2000,
    bootstraps: 1000,
    confounders: 3,
    discriminativeImages: 20_000,
    interEntropyBandwidth: 0.1,
    combinations: [],
    pairwiseValues: false,
    seed: 1,
    report: '/ws/attribute-lens/faces-a-b.attrlens.json',
  });
  assert.deepEqual(analyzeJobSchema.parse(job), job);
});

test('alignment comes from settings: the detector’s path absolute, 0 for its own threshold', () => {
  const values = { dataset: 'faces', models: ['a.onnx'], detector: 'scrfd.onnx', detectorScore: 0.25 };
  assert.deepEqual(resolveAnalyzeJob(settingsWith(values), place).alignment, {
    mode: 'auto',
    detector: '/ws/scrfd.onnx',
    scoreThreshold: 0.25,
    retryPadded: true,
    faces: 'single',
  });
});

test('a report of verification alone says so in its name', () => {
  const settings = settingsWith({ dataset: 'faces', models: ['a.onnx'] });
  const job = resolveAnalyzeJob(settings, place, { analyses: ['verification'] });
  assert.equal(job.report, '/ws/attribute-lens/faces-a-verification.attrlens.json');
});

test('choices win over settings', () => {
  const job = resolveAnalyzeJob(settingsWith({ dataset: 'faces', models: ['a.onnx'] }), place, {
    data: '/other/people',
    models: ['/m/c.onnx'],
    report: 'out/r.attrlens.json',
  });
  assert.equal(job.data, '/other/people');
  assert.deepEqual(job.models, [{ path: '/m/c.onnx' }]);
  assert.equal(job.report, '/ws/out/r.attrlens.json');
});

test('ready embeddings stand in for the models of the settings, and a chosen model for the embeddings', () => {
  const settings = settingsWith({
    dataset: 'faces',
    models: ['a.onnx'],
    embeddings: 'e.npy',
    embeddingsList: 'e.csv',
  });
  const ready = resolveAnalyzeJob(settings, place);
  assert.deepEqual(ready.embeddings, { file: '/ws/e.npy', list: '/ws/e.csv' });
  assert.deepEqual(ready.models, []);
  assert.equal(ready.report, '/ws/attribute-lens/faces-e.attrlens.json');
  const chosen = resolveAnalyzeJob(settings, place, { models: ['b.onnx'] });
  assert.equal(chosen.embeddings, null);
  assert.deepEqual(chosen.models, [{ path: '/ws/b.onnx' }]);
});

test('annotations and embeddings of the settings are for their own data set alone', () => {
  const settings = settingsWith({
    dataset: 'faces',
    annotations: 'anno',
    embeddings: 'e.npy',
    models: ['a.onnx'],
  });
  const other = resolveAnalyzeJob(settings, place, { data: '/other' });
  assert.equal(other.annotations, null);
  assert.equal(other.embeddings, null);
  assert.deepEqual(other.models, [{ path: '/ws/a.onnx' }]);
  const same = resolveAnalyzeJob(settings, place, { data: '/ws/faces' });
  assert.equal(same.annotations, '/ws/anno');
  assert.deepEqual(same.embeddings, { file: '/ws/e.npy', list: null });
  const only = resolveAnalyzeJob(settingsWith({ annotations: 'anno', models: ['a.onnx'] }), place, {
    data: 'd',
  });
  assert.equal(only.annotations, '/ws/anno');
});

test('an open data set and an open model are usage errors', () => {
  for (const values of [{ models: ['a.onnx'] }, { dataset: 'faces' }]) {
    assert.throws(
      () => resolveAnalyzeJob(settingsWith(values), place),
      (error) => isAppError(error, 'usage'),
    );
  }
});

test('paths know the home folder and the workspace folder', () => {
  assert.equal(resolvePath('~/faces', place), '/users/ada/faces');
  assert.equal(resolvePath('~', place), '/users/ada');
  assert.equal(resolvePath('~ada/faces', place), '/ws/~ada/faces');
  assert.equal(resolvePath('${workspaceFolder}/faces', place), '/ws/faces');
  assert.equal(resolvePath('.', place), '/ws');
  const windows = { ...place, baseFolder: 'C:\\ws', home: 'C:\\Users\\ada', paths: path.win32 };
  assert.equal(resolvePath('~\\faces', windows), 'C:\\Users\\ada\\faces');
  assert.equal(resolvePath('faces/a', windows), 'C:\\ws\\faces\\a');
});

test('the store lies in the cache folder of the platform', () => {
  const posix = { env: {}, home: '/h', paths: path.posix };
  assert.equal(defaultStoreFolder({ ...posix, platform: 'linux' }), '/h/.cache/attribute-lens');
  assert.equal(
    defaultStoreFolder({ ...posix, platform: 'linux', env: { XDG_CACHE_HOME: '/c' } }),
    '/c/attribute-lens',
  );
  assert.equal(
    defaultStoreFolder({ ...posix, platform: 'linux', env: { XDG_CACHE_HOME: 'c' } }),
    '/h/.cache/attribute-lens',
  );
  assert.equal(defaultStoreFolder({ ...posix, platform: 'darwin' }), '/h/Library/Caches/attribute-lens');
  const windows = { platform: 'win32', home: 'C:\\h', paths: path.win32 };
  assert.equal(defaultStoreFolder({ ...windows, env: { LOCALAPPDATA: 'C:\\l' } }), 'C:\\l\\attribute-lens');
  assert.equal(defaultStoreFolder({ ...windows, env: {} }), 'C:\\h\\AppData\\Local\\attribute-lens');
});

test('a report is named after its data set and models, in characters that every file system takes', () => {
  assert.equal(reportFileName('celeba', ['arcface-r50']), 'celeba-arcface-r50.attrlens.json');
  assert.equal(reportFileName('my faces?', ['a/b:c']), 'my-faces-a-b-c.attrlens.json');
  assert.equal(reportFileName('visages é', ['模型']), 'visages-é-模型.attrlens.json');
  assert.equal(reportFileName('', ['m']), 'm.attrlens.json');
  assert.equal(reportFileName('d', ['a', 'b', 'c', 'd']), 'd-4-models.attrlens.json');
});
