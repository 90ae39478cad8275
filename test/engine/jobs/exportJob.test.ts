import assert from 'node:assert/strict';
import { parquetReadObjects } from 'hyparquet';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as paths from 'node:path';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import Papa from 'papaparse';
import { isAppError } from '../../../src/domain/appError.ts';
import type { Progress } from '../../../src/domain/progress.ts';
import { compareReports } from '../../../src/engine/comparison/compareReports.ts';
import { runExportJob } from '../../../src/engine/jobs/exportJob.ts';
import { drawsText } from '../../../src/models/decoder.ts';
import type { Report } from '../../../src/protocol/report.ts';
import { reportTables } from '../../../webview-ui/export/tables.ts';
import { reportFigures } from '../../../webview-ui/figures/reportFigures.ts';
import { sampleProjection } from '../../support/sampleProjection.ts';
import { sampleReport } from '../../support/sampleReport.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const hostile = ['=HYPERLINK("x")', 'a_b & "c", 50%', '</script><img src=x onerror=alert(1)>'];

function small(): Report {
  return sampleReport({ nAttributes: 3, names: hostile, verification: true, microscale: true });
}

interface Run {
  readonly out: string;
  readonly files: readonly string[];
  readonly progress: readonly Progress[];
}

/** Exports what is written to a file of its own. */
async function exportOf(
  content: object | string,
  name: string,
  {
    out = join(folder, `${name}-out`),
    signal = new AbortController().signal,
    onProgress = () => undefined,
  }: {
    out?: string;
    signal?: AbortSignal;
    onProgress?: (update: Progress) => void;
  } = {},
): Promise<Run> {
  const report = join(folder, `${name}.attrlens.json`);
  await writeFile(report, typeof content === 'string' ? content : JSON.stringify(content));
  const progress: Progress[] = [];
  const result = await runExportJob(
    { kind: 'export', report, out },
    {
      signal,
      progress: (update) => {
        progress.push(update);
        onProgress(update);
      },
      log: () => undefined,
    },
    () =>
      Promise.resolve({
        reportScript: 'draw()',
        reportStyle: 'body{}',
        standaloneScript: 'stand()',
        standaloneStyle: ':root{}',
      }),
  );
  assert.ok(result.kind === 'export');
  assert.equal(result.folder, out);
  return { out, files: result.files, progress };
}

test('the projection beside a report goes along: all its points as a table, a map for each method', async () => {
  const report = small();
  const projection = sampleProjection({ nPoints: 60, nAttributes: 3, report });
  await writeFile(join(folder, 'mapped.projection.json'), JSON.stringify(projection));
  const { out } = await exportOf(report, 'mapped');
  const files = await filesUnder(out);
  for (const method of ['umap', 'pca']) {
    const maps = files.filter((file) => file.startsWith(`figures/projection-arcface-r50-${method}-`));
    assert.equal(maps.length, 2, files.join(' '));
  }
  const csv = await readFile(join(out, 'tables', 'projection.csv'), 'utf8');
  const [head, first] = Papa.parse<string[]>(csv).data;
  assert.deepEqual(head!.slice(0, 6), ['image', 'identity', 'umap_x', 'umap_y', 'pca_x', 'pca_y']);
  assert.deepEqual(first!.slice(0, 4), [
    projection.points.images[0],
    '1',
    String(projection.models[0]!.umap.x[0]),
    String(projection.models[0]!.umap.y[0]),
  ]);
  const bytes = await readFile(join(out, 'tables', 'projection.parquet'));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const objects = await parquetReadObjects({ file });
  assert.equal(objects.length, 60);
  assert.equal(objects[0]!['pca_y'], projection.models[0]!.pca.y[0]);
  const contents = await readFile(join(out, 'README.txt'), 'utf8');
  assert.match(contents, /^tables\/projection\.csv \.parquet +60 rows, 12 columns$/m);
  assert.match(contents, /^figures\/projection-.*\.svg \.png +UMAP, /m);
  assert.match(contents, /report\.html +the report as a page.*without its projection/);
});

test('a projection of other data, or one that cannot be read, is left out, and README.txt says why', async () => {
  const report = small();
  const file = join(folder, 'unmapped.projection.json');
  const projection = sampleProjection({ nPoints: 60, nAttributes: 3, report });
  const readme = async () => {
    const { out } = await exportOf(report, 'unmapped');
    const files = await filesUnder(out);
    assert.ok(!files.some((name) => name.includes('projection')), files.join(' '));
    return readFile(join(out, 'README.txt'), 'utf8');
  };
  assert.match(await readme(), /^No projection is here, since none was computed/m);
  await writeFile(file, JSON.stringify({ ...projection, datasetDigest: 'f'.repeat(64) }));
  assert.match(
    await readme(),
    /^Note: The projection is left out: unmapped\.projection\.json shows other data/m,
  );
  await writeFile(file, '{');
  assert.match(
    await readme(),
    /^Note: The projection is left out: unmapped\.projection\.json is no projection/m,
  );
});

async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

test('a report becomes a folder of tables, figures, texts and a page, counted to the end', async () => {
  const report = small();
  const { out, files, progress } = await exportOf(report, 'whole');
  assert.deepEqual(
    await filesUnder(out),
    [
      ...reportTables(report).flatMap(({ name }) => [`tables/${name}.csv`, `tables/${name}.parquet`]),
      ...reportFigures(report).flatMap(({ name }) => [`figures/${name}.svg`, `figures/${name}.png`]),
      'README.txt',
      'methods.txt',
      'paper.bib',
      'report.attrlens.json',
      'report.html',
      'table.tex',
    ].sort(),
  );
  assert.deepEqual([...files].sort(), await filesUnder(out));
  assert.deepEqual(
    progress.map(({ done }) => done),
    Array.from({ length: files.length + 1 }, (_, i) => i),
  );
  assert.ok(progress.every(({ phase, total }) => phase === 'write' && total === files.length));
  assert.deepEqual(JSON.parse(await readFile(join(out, 'report.attrlens.json'), 'utf8')), report);
  const contents = await readFile(join(out, 'README.txt'), 'utf8');
  assert.match(contents, /^Attribute Lens export\n/);
  assert.match(contents, /^tables\/macroscale\.csv \.parquet +6 rows, 51 columns$/m);
  assert.equal(contents.includes('Note: The PNG figures lack their text'), !(await drawsText()));
});

test('CSV and Parquet read back as the same table, names as they are in Parquet, inert in CSV', async () => {
  const report = small();
  const { out } = await exportOf(report, 'tables');
  for (const { name, columns, rows } of reportTables(report)) {
    const csv = await readFile(join(out, 'tables', `${name}.csv`), 'utf8');
    const parsed = Papa.parse<string[]>(csv, { skipEmptyLines: false });
    assert.deepEqual(parsed.errors, [], name);
    const [head, ...lines] = parsed.data.slice(0, -1);
    assert.deepEqual(
      head,
      columns.map((column) => column.name),
    );
    const bytes = await readFile(join(out, 'tables', `${name}.parquet`));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const objects = await parquetReadObjects({ file });
    assert.equal(objects.length, rows.length, name);
    assert.equal(lines.length, rows.length, name);
    rows.forEach((cells, i) => {
      const inParquet = columns.map((column) => {
        const value: unknown = objects[i]![column.name];
        return column.kind === 'count' && typeof value === 'bigint' ? Number(value) : value;
      });
      assert.deepEqual(inParquet, cells, `${name} ${i}`);
      const inCsv = columns.map(({ kind }, j) => {
        const text = lines[i]![j]!;
        if (text === '' && cells[j] === null) return null;
        return kind === 'text' ? text.replace(/^'(?=[=+\-@\t\r\n])/, '') : Number(text);
      });
      assert.deepEqual(inCsv, cells, `${name} ${i}`);
      for (const text of lines[i]!) assert.doesNotMatch(text, /^[=@\t\r\n]/);
    });
  }
});

test('figures are vector and 300 dots an inch, with their texts', async () => {
  const report = small();
  const { out } = await exportOf(report, 'figures');
  for (const { name } of reportFigures(report)) {
    assert.match(await readFile(join(out, 'figures', `${name}.svg`), 'utf8'), /^<svg xmlns/);
    const png = await readFile(join(out, 'figures', `${name}.png`));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    const at = png.indexOf('pHYs');
    assert.ok(at > 0, name);
    // Pixels a metre.
    assert.equal(Math.round(png.readUInt32BE(at + 4) * 0.0254), 300);
  }
});

test('the page holds the report as data that nothing in it can end', async () => {
  const { out } = await exportOf(small(), 'page');
  const html = await readFile(join(out, 'report.html'), 'utf8');
  assert.equal(html.match(/<script/g)?.length, 3);
  assert.equal(html.match(/<\/script>/g)?.length, 3);
  assert.ok(!html.includes('<img'));
  assert.match(html, /default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-/);
  assert.doesNotMatch(html, /https?:\/\/(?!www\.w3\.org)/);
});

test('an earlier export is replaced, what else is in its folder stays; a foreign folder is refused', async () => {
  const first = await exportOf(sampleReport({ nAttributes: 2, verification: true }), 'again');
  await writeFile(join(first.out, 'notes.txt'), 'mine');
  const report = sampleReport({ nAttributes: 2, verification: false });
  await exportOf(report, 'again');
  const files = await filesUnder(first.out);
  assert.ok(files.includes('notes.txt'));
  assert.ok(!files.some((file) => file.includes('verification')));
  assert.deepEqual(JSON.parse(await readFile(join(first.out, 'report.attrlens.json'), 'utf8')), report);

  const foreign = join(folder, 'foreign');
  await mkdir(foreign);
  await writeFile(join(foreign, 'README.txt'), 'Holiday pictures');
  await assert.rejects(exportOf(report, 'again', { out: foreign }), (error) => {
    assert.ok(isAppError(error, 'writeFailed'));
    assert.match(error.message, /foreign holds other files \(README\.txt\).*new or empty/);
    return true;
  });
  assert.deepEqual(await readdir(foreign), ['README.txt']);

  const empty = join(folder, 'empty');
  await mkdir(empty);
  await exportOf(report, 'again', { out: empty });
  assert.ok((await readdir(empty)).includes('report.html'));
});

test('a folder that cannot be written, and a cancel, leave nothing behind', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const report = sampleReport({ nAttributes: 2 });
  for (const out of [file, join(file, 'below')]) {
    await assert.rejects(exportOf(report, 'blocked', { out }), (error) => {
      assert.ok(isAppError(error, 'writeFailed'), String(error));
      assert.ok(error.message.includes(out));
      return true;
    });
  }
  const abort = new AbortController();
  const out = join(folder, 'cancelled');
  await assert.rejects(
    exportOf(report, 'cancelled', {
      out,
      signal: abort.signal,
      onProgress: ({ done }) => {
        if (done === 3) abort.abort();
      },
    }),
    (error) => isAppError(error, 'cancelled'),
  );
  const left = (await readdir(folder)).filter((name) => /part$|^cancelled$|blocked-out/.test(name));
  assert.deepEqual(left, []);
});

test('what is no report is named with its file', async () => {
  await assert.rejects(exportOf('{', 'broken'), (error) => {
    assert.ok(isAppError(error, 'reportInvalid'));
    assert.match(error.message, /broken\.attrlens\.json: The file is not JSON/);
    return true;
  });
  const missing = join(folder, 'missing.attrlens.json');
  await assert.rejects(
    runExportJob(
      { kind: 'export', report: missing, out: join(folder, 'x') },
      { signal: new AbortController().signal, progress: () => undefined, log: () => undefined },
    ),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes(basename(missing)),
  );
});

test('a comparison is exported with its own tables', async () => {
  const sides = [sampleReport({ nAttributes: 3, seed: 1 }), sampleReport({ nAttributes: 3, seed: 2 })];
  const [before, after] = sides.map((report, i) => ({
    file: join(folder, `side${i}.attrlens.json`),
    report,
  }));
  const comparison = compareReports(before!, after!, join(folder, 'pair.attrlens.json'), paths);
  const { out } = await exportOf(comparison, 'pair');
  const files = await filesUnder(out);
  assert.ok(files.includes('tables/macroscale_differences.csv'));
  assert.ok(files.includes('report.html'));
  assert.ok(files.some((file) => /^figures\/differences-.*\.png$/.test(file)));
  assert.ok(files.some((file) => /^figures\/before-after-.*\.svg$/.test(file)));
  const csv = await readFile(join(out, 'tables', 'macroscale_differences.csv'), 'utf8');
  assert.match(csv, /^model_before,model_after,attribute,modality,ks_signed_before,/);
  const rows = comparison.pairs.reduce((n, { macroscale }) => n + macroscale.length, 0);
  assert.equal(csv.trimEnd().split('\r\n').length, 1 + rows);
});
