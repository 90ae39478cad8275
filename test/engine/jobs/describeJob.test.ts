import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import type { DescribeJob } from '../../../src/protocol/jobs.ts';
import { readReport } from '../../../src/protocol/readReport.ts';
import type { Report } from '../../../src/protocol/report.ts';
import { analyze, type Heard, listeningContext, smallStudy, textWithoutTimes } from './smallStudy.ts';

/** Ada has three images, Ben two, Cleo one. */
const celeba = {
  'anno/list_attr_celeba.txt': [
    '6',
    'Male Smiling Bald',
    '1.jpg -1  1 -1',
    '2.jpg -1 -1 -1',
    '3.jpg -1  1 -1',
    '4.jpg  1  1  1',
    '5.jpg  1 -1  1',
    '6.jpg -1  1 -1',
    '',
  ].join('\n'),
  'anno/identity_CelebA.txt': ['1.jpg 1', '2.jpg 1', '3.jpg 1', '4.jpg 2', '5.jpg 2', '6.jpg 3', ''].join(
    '\n',
  ),
};

test('annotations alone make a valid report: counts, entropies, people, associations', async (t) => {
  const folder = await folderOf(t, celeba);
  const report = await describe(job(folder, 'anno'));
  const { dataset, models, options, libraries } = report.inputs;
  assert.deepEqual([dataset.kind, dataset.nImages, dataset.nIdentities], ['celeba', 6, 3]);
  assert.deepEqual([models, libraries, dataset.subset], [[], {}, []]);
  assert.equal(options.interEntropyBandwidth, 0.1);
  const { attributes, people, associations, macroscale, verification } = report.results;
  assert.deepEqual([macroscale, verification], [[], []]);
  assert.deepEqual(
    attributes.map(({ attribute, nPositive, nNegative }) => [attribute, nPositive, nNegative]),
    [
      ['Male', 2, 4],
      ['Smiling', 4, 2],
      ['Bald', 2, 4],
    ],
  );
  assert.equal(attributes[0]!.intraEntropy, 0);
  assert.deepEqual(people, {
    nIdentities: 3,
    imagesPerIdentity: { min: 1, median: 2, mean: 2, max: 3 },
    histogram: [
      { nImages: 1, nIdentities: 1 },
      { nImages: 2, nIdentities: 1 },
      { nImages: 3, nIdentities: 1 },
    ],
  });
  assert.equal(associations.length, 3);
  const [maleSmiling, maleBald] = associations;
  // Table 1 1 / 3 1: phi = (1 − 3)/√(2·4·4·2).
  assert.ok(Math.abs(maleSmiling!.phi! - -2 / 8) < 1e-15);
  assert.deepEqual([maleBald!.phi, maleBald!.phiOfPeople, maleBald!.nImages], [1, 1, 6]);
});

test('images take no part: neither missing ones nor those that are no images', async (t) => {
  const bare = await folderOf(t, celeba);
  const withFiles = await folderOf(t, { ...celeba, 'anno/1.jpg': 'no image', 'anno/other.jpg': '' });
  const [report, other] = [await describe(job(bare, 'anno')), await describe(job(withFiles, 'anno'))];
  assert.deepEqual(other.results, report.results);
  assert.equal(other.inputs.dataset.digest, report.inputs.dataset.digest);
  assert.deepEqual(other.diagnostics, report.diagnostics);
});

test('identities with fewer images are left out and counted', async (t) => {
  const folder = await folderOf(t, celeba);
  const report = await describe(job(folder, 'anno', { minImages: 2 }));
  assert.deepEqual(report.inputs.dataset.subset, [
    { step: 'all', nImages: 6, nIdentities: 3 },
    { step: 'minImages', nImages: 5, nIdentities: 2 },
  ]);
  assert.equal(report.inputs.dataset.nImages, 5);
  assert.equal(report.inputs.options.minImages, 2);
  assert.deepEqual(report.results.people?.imagesPerIdentity, { min: 2, median: 2.5, mean: 2.5, max: 3 });
  assert.deepEqual(
    report.diagnostics.map(({ code, count }) => [code, count]),
    [['imagesTooFew', 1]],
  );
});

test('combinations, pairs of values and the bandwidth are made and recorded', async (t) => {
  const folder = await folderOf(t, {
    'faces.csv': [
      'image,identity,emotion,hat',
      'a.jpg,1,happy,1',
      'b.jpg,1,sad,0',
      'c.jpg,2,calm,0',
      'd.jpg,2,happy,',
      '',
    ].join('\n'),
  });
  const changes = {
    combinations: ['hat & !"emotion: happy vs sad"', '"emotion=happy"&hat'],
    pairwiseValues: true,
    interEntropyBandwidth: 0.05,
  };
  const report = await describe(job(folder, 'faces.csv', changes));
  assert.deepEqual(
    report.inputs.dataset.attributes.map(({ name }) => name),
    [
      'emotion=calm',
      'emotion=happy',
      'emotion=sad',
      'hat',
      'emotion: calm vs happy',
      'emotion: calm vs sad',
      'emotion: happy vs sad',
      'hat & !"emotion: happy vs sad"',
      'emotion=happy & hat',
    ],
  );
  const { combinations, pairwiseValues, interEntropyBandwidth } = report.inputs.options;
  assert.deepEqual({ combinations, pairwiseValues, interEntropyBandwidth }, changes);
  const counts = report.results.attributes.map((one) => [one.nPositive, one.nNegative, one.nUnknown]);
  // d.jpg: hat unknown and happy. c.jpg: no hat, so false whatever the emotion.
  assert.deepEqual(counts.slice(-2), [
    [0, 4, 0],
    [1, 2, 1],
  ]);
  const columns = report.results.associations.filter(({ kind }) => kind === 'column');
  assert.deepEqual(
    columns.map(({ a, b }) => [a, b]),
    [['emotion', 'hat']],
  );
  const atTenth = await describe(job(folder, 'faces.csv', { ...changes, interEntropyBandwidth: 0.1 }));
  assert.notEqual(atTenth.results.attributes[0]!.interEntropy, report.results.attributes[0]!.interEntropy);
});

test('the same annotations give the same report, but for times; progress ends at its total', async (t) => {
  const folder = await folderOf(t, celeba);
  const heard: Heard = { progress: [], log: [] };
  const texts: string[] = [];
  for (let run = 0; run < 2; run++) {
    await runJob(job(folder, 'anno'), listeningContext(heard));
    texts.push(await textWithoutTimes(join(folder, 'out.attrlens.json')));
  }
  assert.equal(texts[0], texts[1]);
  for (const phase of ['scan', 'analyze', 'write']) {
    const last = heard.progress.findLast((update) => update.phase === phase)!;
    assert.equal(last.done, last.total);
  }
});

test('without identities there are counts and associations, but neither people nor entropies', async (t) => {
  const folder = await folderOf(t, { 'anno/list_attr_celeba.txt': celeba['anno/list_attr_celeba.txt'] });
  const report = await describe(job(folder, 'anno'));
  assert.equal(report.results.people, null);
  assert.deepEqual(
    report.results.attributes.map(({ nPositive, intraEntropy, interEntropy }) => [
      nPositive,
      intraEntropy,
      interEntropy,
    ]),
    [
      [2, null, null],
      [4, null, null],
      [2, null, null],
    ],
  );
  assert.ok(
    report.results.associations.every(({ phi, phiOfPeople }) => phi !== null && phiOfPeople === null),
  );
});

test('a folder for each person has people and no attributes, and says so', async (t) => {
  const folder = await folderOf(t, {
    'faces/Ada/Ada_0001.jpg': '',
    'faces/Ada/Ada_0002.jpg': '',
    'faces/Ben/Ben_0001.jpg': '',
    'faces/Ben/Ben_0002.jpg': '',
  });
  const report = await describe(job(folder, 'faces'));
  assert.equal(report.results.people?.nIdentities, 2);
  assert.deepEqual(report.results.attributes, []);
  assert.ok(
    report.diagnostics.some(({ items }) => items.some((item) => item.includes('no image is opened'))),
  );
});

const refused: readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  data: string,
  changes: Partial<DescribeJob>,
  code: string,
  message: RegExp,
][] = [
  [
    'nothing is known of plain images',
    { 'faces/a.jpg': '', 'faces/b.jpg': '' },
    'faces',
    {},
    'annotationsInvalid',
    /says nothing about attributes or people/,
  ],
  [
    'nobody has enough images',
    celeba,
    'anno',
    { minImages: 4 },
    'dataSetEmpty',
    /Nobody in .* has 4 images or more/,
  ],
  [
    'images are to be counted for people nobody knows',
    { 'anno/list_attr_celeba.txt': celeba['anno/list_attr_celeba.txt'] },
    'anno',
    { minImages: 2 },
    'dataSetEmpty',
    /it names no identities/,
  ],
  [
    'a combination names no attribute',
    celeba,
    'anno',
    { combinations: ['Male & Smilin'] },
    'settingInvalid',
    /no attribute «Smilin» \(character 8\)\. Is it Smiling\?/,
  ],
  [
    'a combination is broken',
    {},
    'nowhere',
    { combinations: ['Male &'] },
    'settingInvalid',
    /breaks at character 7/,
  ],
  ['there is no such folder', {}, 'nowhere', {}, 'dataSetNotFound', /nowhere» was not found/],
];
for (const [name, files, data, changes, code, message] of refused) {
  test(`no report where ${name}`, async (t) => {
    const folder = await folderOf(t, files);
    const asked = job(folder, data, changes);
    await assert.rejects(
      describe(asked),
      (error) => isAppError(error) && error.code === code && message.test(error.message),
    );
    await assert.rejects(readFile(asked.report), /ENOENT/);
  });
}

test('an analysis tests combinations, of measurements too, and tells people and associations', async (t) => {
  const study = await smallStudy(t);
  const report = await analyze(
    study.job({
      imageStatistics: true,
      combinations: ['Warm & !Smiling', '!Warm | brightness & embeddingNorm'],
    }),
  );
  const names = report.inputs.dataset.attributes.map(({ name }) => name);
  assert.deepEqual(names.slice(-2), ['Warm & !Smiling', '!Warm | brightness & embeddingNorm']);
  const tested = new Set(report.results.macroscale[0]!.rows.map(({ attribute }) => attribute));
  assert.ok(tested.has('Warm & !Smiling'));
  assert.equal(report.results.people?.nIdentities, 12);
  assert.equal(report.results.associations.length, (names.length * (names.length - 1)) / 2);
});

test('a name that nothing will measure is refused before an image is embedded', async (t) => {
  const study = await smallStudy(t);
  for (const [changes, name] of [
    [{ combinations: ['Warm & brightness'] }, 'brightness'],
    [{ combinations: ['Warm & brightnes'], imageStatistics: true }, 'brightnes'],
  ] as const) {
    const heard: Heard = { progress: [], log: [] };
    await assert.rejects(
      runJob(study.job({ ...changes, combinations: [...changes.combinations] }), listeningContext(heard)),
      (error) => isAppError(error, 'settingInvalid') && error.data['name'] === name,
    );
    assert.ok(!heard.progress.some(({ phase }) => phase === 'embed' || phase === 'decode'));
  }
});

function job(folder: string, data: string, changes: Partial<DescribeJob> = {}): DescribeJob {
  return {
    kind: 'describe',
    data: join(folder, data),
    annotations: null,
    minImages: 1,
    interEntropyBandwidth: 0.1,
    combinations: [],
    pairwiseValues: false,
    seed: 1,
    report: join(folder, 'out.attrlens.json'),
    ...changes,
  };
}

async function describe(asked: DescribeJob): Promise<Report> {
  await runJob(asked, listeningContext({ progress: [], log: [] }));
  return readReport(JSON.parse(await readFile(asked.report, 'utf8')));
}

async function folderOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
