import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Projection } from '../../src/protocol/projectionSchema.ts';
import type { PageMessage } from '../../src/protocol/webviewMessages.ts';
import { placementOf, wholeCamera } from '../../webview-ui/projection/camera.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import { checkPage, type Harness, type ReportPage, sidewaysFree, startHarness, texts } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const side = 20;
const report = sampleReport({ nModels: 2, nAttributes: 4 });

/** 400 images on a grid, row by row from below: image 21x + … has the number `side` · row + column. */
function gridProjection(): Projection {
  const projection = sampleProjection({ nPoints: side * side, nAttributes: 4, nModels: 2, report });
  const x = Array.from({ length: side * side }, (_, i) => i % side);
  const y = Array.from({ length: side * side }, (_, i) => Math.floor(i / side));
  const names = projection.attributes.map(({ name }) => name);
  return {
    ...projection,
    attributes: names.map((name, at) => ({
      name,
      // The first is positive in the three leftmost columns, and not known of the first image.
      codes: x
        .map((column, i) => (at === 0 && i === 0 ? '?' : (at === 0 ? column < 3 : i % 2 === 0) ? '+' : '-'))
        .join(''),
    })),
    models: projection.models.map((model) => ({
      ...model,
      umap: { x, y },
      pca: { ...model.pca, x: y, y: x },
    })),
  };
}
const projection = gridProjection();
const bounds = { left: 0, right: side - 1, bottom: 0, top: side - 1 };
const shownMessage = { type: 'projection', projection, running: null, failure: null } as const;
const there = { section: 'projection' };

const withPage = (
  options: { theme?: ThemeName; width?: number; state?: object },
  check: (open: ReportPage) => Promise<void>,
) => checkPage(harness, { state: there, ...options }, check);

async function showMap(open: ReportPage): Promise<void> {
  await open.show(report);
  await open.send(shownMessage);
  await open.page.locator('.plot-field').waitFor();
}

/** Where a place of the plane is on the page, all points being seen. */
async function onPage({ page }: ReportPage): Promise<(x: number, y: number) => [number, number]> {
  const field = page.locator('.plot-field');
  const box = (await field.boundingBox())!;
  const { scale, left, top } = placementOf(wholeCamera(bounds), bounds, {
    width: box.width - 2,
    height: box.height - 2,
  });
  return (x, y) => [box.x + 1 + x * scale + left, box.y + 1 + top - y * scale];
}

/** Around the nine points of the upper left corner. */
async function drawLasso(open: ReportPage): Promise<void> {
  const at = await onPage(open);
  const { mouse } = open.page;
  const corners: readonly (readonly [x: number, y: number])[] = [
    [-0.4, 16.5],
    [2.5, 16.5],
    [2.5, 19.4],
    [-0.4, 19.4],
  ];
  await mouse.move(...at(...corners[0]!));
  await mouse.down();
  for (const corner of corners.slice(1)) await mouse.move(...at(...corner), { steps: 4 });
  await mouse.up();
}
const corner = [17, 18, 19].flatMap((row) => [0, 1, 2].map((column) => row * side + column));

const ofType = async <Type extends PageMessage['type']>(open: ReportPage, type: Type) =>
  (await open.posted()).filter(
    (message): message is Extract<PageMessage, { type: Type }> => message.type === type,
  );

test('the section asks what there is when it is first shown, and starts nothing by itself', () =>
  withPage({ state: {} }, async (open) => {
    const { page } = open;
    await open.show(report);
    assert.deepEqual(await ofType(open, 'requestProjection'), []);
    await page.getByRole('tab', { name: 'Projection' }).click();
    assert.deepEqual(await ofType(open, 'requestProjection'), [{ type: 'requestProjection', start: false }]);
    await open.send({ type: 'projection', projection: null, running: null, failure: null });
    assert.equal(await page.locator('.projection h2').first().innerText(), 'No projection yet');
    await page.getByRole('tab', { name: 'Run' }).click();
    await page.getByRole('tab', { name: 'Projection' }).click();
    assert.equal((await ofType(open, 'requestProjection')).length, 1, 'asked once');
    await page.getByText('Compute projection').click();
    assert.deepEqual((await ofType(open, 'requestProjection')).at(-1), {
      type: 'requestProjection',
      start: true,
    });
  }));

test('a run shows how far it is, a failure why and what to do', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await open.show(report);
    await open.send({
      type: 'projection',
      projection: null,
      running: { message: 'UMAP of arcface-r50, 120 of 200 epochs', percent: 60 },
      failure: null,
    });
    assert.equal(await page.evaluate(`document.querySelector('progress').value`), 60);
    assert.ok(await page.getByText('120 of 200 epochs').isVisible());
    await open.send({ type: 'projection', projection: null, running: null, failure: 'The store is gone.' });
    assert.match(await page.getByRole('alert').innerText(), /cannot be shown\s+The store is gone\./);
    await page.getByText('Try again').click();
    assert.equal((await ofType(open, 'requestProjection')).at(-1)?.start, true);
  }));

test('a projection of other data is not shown', () =>
  withPage({}, async (open) => {
    await open.show(report);
    await open.send({ ...shownMessage, projection: { ...projection, datasetDigest: 'f'.repeat(64) } });
    assert.ok(!(await open.page.locator('.plot-field').isVisible()));
    assert.ok(await open.page.getByText('No projection yet').isVisible());
  }));

test('a lasso drawn by mouse selects what is in it, with its faces, its profile, and its CSV', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await showMap(open);
    await page.keyboard.press('l');
    assert.equal(await page.locator('.tool', { hasText: 'Lasso' }).getAttribute('aria-pressed'), 'true');
    await drawLasso(open);
    assert.match(await page.locator('.selection h2').innerText(), /^9 images of 3 people selected$/);
    assert.equal(
      await page.locator('.tool', { hasText: 'Lasso' }).getAttribute('aria-pressed'),
      'false',
      'one lasso, then the hand moves the map again',
    );

    const [first] = projection.attributes;
    const head = (await texts(page.locator('.profile-table tbody tr').first().locator('th, td'))).filter(
      Boolean,
    );
    // 9 of 9 inside, and outside 50 of 390: 3 · 20 − 9 − 1 that is not known, of 400 − 9 − 1.
    assert.deepEqual(
      [head[0], head[1], head[3], head[4], head[5]],
      [first!.name, '+87.2', '100 %', '12.8 %', '9'],
    );

    const model = projection.models[0]!.model;
    await page.locator('.selection .face-grid').scrollIntoViewIfNeeded();
    // The page's policy lets no text be polled as a script; this asks from frame to frame.
    await page.evaluate(`new Promise((done) => {
      const asked = () => window.harness.posted.filter(({ type }) => type === 'requestThumbnails');
      const look = () =>
        asked().flatMap(({ images }) => images).length >= ${corner.length} ? done() : requestAnimationFrame(look);
      look();
    })`);
    const asked = await ofType(open, 'requestThumbnails');
    assert.deepEqual(
      asked.flatMap(({ images }) => images).sort(),
      corner.map((point) => projection.points.images[point]!),
    );
    assert.ok(asked.every((message) => message.model === model));

    await page.getByText('Export selection as CSV').click();
    const [saved] = await ofType(open, 'saveFile');
    assert.deepEqual([saved!.name, saved!.encoding], ['faces-umap-selection.csv', 'utf8']);
    const lines = saved!.content.split('\r\n');
    const names = [...projection.attributes, ...projection.numbers].map(({ name }) => name);
    assert.equal(lines[0], ['image', 'identity', 'x', 'y', ...names].join(','));
    assert.deepEqual(
      lines.slice(1, -1),
      corner.map((point) => {
        const { images, identities, identityNames } = projection.points;
        const even = point % 2 === 0 ? 1 : 0;
        const identity = identityNames[identities[point]!]!;
        const place = [point % side, Math.floor(point / side)];
        const numbers = projection.numbers.map(({ values }) => values[point] ?? '');
        return [images[point], identity, ...place, 1, even, even, even, ...numbers].join(',');
      }),
    );
    assert.equal(lines.at(-1), '');
    await page.getByText('Profile as CSV').click();
    const profile = (await ofType(open, 'saveFile')).at(-1)!;
    assert.equal(profile.name, 'faces-umap-profile.csv');
    // The most different first, as in the table.
    assert.match(profile.content.split('\r\n')[1]!, new RegExp(`^${first!.name},1,[^,]+,1,9,3,0\\.128`));
    await page.locator('.selection').getByText('Copy').click();
    assert.equal((await ofType(open, 'copy')).at(-1)?.text, saved!.content);
  }));

test('by keys alone: two corners of a rectangle select, Space picks, Escape gives up one after the other', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await showMap(open);
    const spoken = page.locator('.spoken');
    await page.getByRole('application').focus();
    await page.keyboard.press('Space');
    assert.match(await spoken.innerText(), /^No image here\.$/, 'the middle lies between four');
    await page.keyboard.press('ArrowUp');
    for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    assert.match(await spoken.innerText(), /^First corner set/);
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowUp');
    for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    const n = Number(/^(\d+) images selected\.$/.exec(await spoken.innerText())?.[1]);
    assert.ok(n > 10 && n < 150, String(n));
    assert.ok((await page.locator('.selection h2').innerText()).startsWith(`${n} images of `));
    assert.equal(await page.evaluate('document.activeElement.className'), 'plot-field', 'the focus stays');

    // To the nearest point, wherever the steps of the cursor led.
    for (let i = 0; i < 20 && !(await page.locator('.picked-point').isVisible()); i++) {
      await page.keyboard.press(i % 2 === 0 ? 'ArrowLeft' : 'ArrowUp');
      await page.keyboard.press('Space');
    }
    assert.ok(await page.locator('.picked-point').isVisible());
    await page.keyboard.press('Escape');
    assert.ok(!(await page.locator('.picked-point').isVisible()));
    assert.ok(await page.locator('.selection').isVisible());
    await page.keyboard.press('Escape');
    assert.ok(!(await page.locator('.selection').isVisible()));
  }));

test('a click picks a point and shows its neighbours; a click on one of these picks that', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await showMap(open);
    await page.mouse.click(...(await onPage(open))(5, 7));
    const point = 7 * side + 5;
    const title = page.locator('.picked-point h2');
    assert.equal(await title.innerText(), projection.points.images[point]);
    const { k, index, distance } = projection.models[0]!.neighbours;
    const captions = await texts(page.locator('.neighbour-faces .face-caption'));
    assert.equal(captions.length, k);
    assert.equal(captions[0], `${distance[point * k]!.toFixed(3)} same person`);
    await page.locator('.neighbour-faces .jump').first().click();
    assert.equal(await title.innerText(), projection.points.images[index[point * k]!]);
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'H2');
  }));

test('the map moves with the hand, grows under the wheel, and comes back', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await showMap(open);
    const at = await onPage(open);
    const titleAfterClick = async (place: readonly [number, number]) => {
      await page.mouse.click(...place);
      return page.locator('.picked-point h2').innerText();
    };
    const name = (x: number, y: number) => projection.points.images[y * side + x]!;
    const [x, y] = at(5, 7);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 30, { steps: 5 });
    await page.mouse.up();
    assert.equal(await titleAfterClick([x + 60, y + 30]), name(5, 7), 'it went along');
    await page.keyboard.press('0');
    await page.getByRole('application').focus();
    await page.keyboard.press('0');
    await page.mouse.move(...at(12, 4));
    await page.mouse.wheel(0, -900);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    assert.equal(await titleAfterClick(at(12, 4)), name(12, 4), 'what was under the wheel stayed there');
    await page.getByRole('application').focus();
    await page.keyboard.press('0');
    assert.equal(await titleAfterClick(at(13, 4)), name(13, 4));
  }));

test('method, colour and view survive a reload; a selection survives a change of the drawing', () =>
  withPage({}, async (open) => {
    const { page } = open;
    await showMap(open);
    await page.keyboard.press('l');
    await drawLasso(open);
    await page.getByRole('button', { name: 'PCA', exact: true }).click();
    assert.match(await page.locator('.selection h2').innerText(), /^9 images/);
    assert.match(
      await page.locator('.x-title').innerText(),
      /^Principal component 1: 8\.1.% of the variance$/,
    );
    const third = projection.attributes[2]!.name;
    await page.locator('.profile-table .jump', { hasText: third }).click();
    await page.keyboard.press('t');
    assert.deepEqual(await open.state(), {
      section: 'projection',
      projectionMethod: 'pca',
      projectionColour: `attribute:${third}`,
      projectionView: 'table',
    });
    await page.reload();
    await showMapOrTable(open);
    assert.equal(
      await page.getByRole('button', { name: 'PCA', exact: true }).getAttribute('aria-pressed'),
      'true',
    );
    assert.equal(await page.locator('.point-table thead th').last().innerText(), third);
  }));

async function showMapOrTable(open: ReportPage): Promise<void> {
  await open.show(report);
  await open.send(shownMessage);
  await open.page.locator('.projection .toolbar').first().waitFor();
}

test('the table pages through all points, or the selected ones, and a row picks its point', () =>
  withPage({ state: { ...there, projectionView: 'table' } }, async (open) => {
    const { page } = open;
    await showMapOrTable(open);
    const pages = page.locator('.point-table-part [role="status"]');
    assert.equal(await pages.innerText(), 'Points 1–100 of 400');
    await page.getByRole('button', { name: 'Next page' }).click();
    assert.equal(await pages.innerText(), 'Points 101–200 of 400');
    await page.locator('.point-table tbody tr').nth(1).click();
    assert.equal(await page.locator('.picked-point h2').innerText(), projection.points.images[101]);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await page.keyboard.press('l');
    await drawLasso(open);
    await page.keyboard.press('t');
    assert.equal(await pages.innerText(), 'Selected points 1–9 of 9');
    const cells = await texts(page.locator('.point-table tbody tr').first().locator('td'));
    assert.deepEqual(cells.slice(2, 4), ['0.00', '17.00']);
  }));

test('names of files, people and attributes are text, whatever they hold', () =>
  withPage({}, async (open) => {
    const { page } = open;
    const bad = '<img src=x onerror=alert(1)>';
    await open.show(report);
    await open.send({
      ...shownMessage,
      projection: {
        ...projection,
        points: {
          ...projection.points,
          images: projection.points.images.map((_, i) => `${i}${bad}`),
          identityNames: projection.points.identityNames.map((name) => `=\u202e${name}${'x'.repeat(300)}`),
        },
        attributes: projection.attributes.map(({ codes }, i) => ({ name: `${i}${bad}`, codes })),
      },
    });
    await page.keyboard.press('l');
    await drawLasso(open);
    await page.mouse.click(...(await onPage(open))(0, 19));
    assert.ok((await page.locator('.picked-point h2').innerText()).includes(bad));
    assert.equal(await page.locator('.projection img').count(), 0);
    assert.ok(await sidewaysFree(page));
    await page.getByText('Export selection as CSV').click();
    const [saved] = await ofType(open, 'saveFile');
    assert.match(saved!.content.split('\n')[1]!, /^\d+<img src=x onerror=alert\(1\)>,'=\u202e/);
  }));

for (const theme of Object.keys(editorThemes) as ThemeName[]) {
  for (const width of [600, 1400]) {
    test(`in ${theme} at ${width} px the map has both colours, and nothing is wider than the page`, () =>
      withPage({ theme, width }, async (open) => {
        const { page } = open;
        await showMap(open);
        const colours = await page.evaluate(`(() => {
          const canvas = document.querySelector('.plot-field canvas');
          const pixels = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
          pixels.drawImage(canvas, 0, 0);
          const data = pixels.getImageData(0, 0, canvas.width, canvas.height).data;
          const counts = {};
          for (let i = 0; i < data.length; i += 4) {
            const key = '#' + [...data.slice(i, i + 3)].map((c) => c.toString(16).padStart(2, '0')).join('');
            counts[key] = (counts[key] ?? 0) + 1;
          }
          const root = getComputedStyle(document.querySelector('.page'));
          return ['positive', 'negative'].map((name) => counts[root.getPropertyValue('--lens-' + name).trim()] ?? 0);
        })()`);
        const [positive, negative] = colours as [number, number];
        assert.ok(positive > 300 && negative > 1000, `${positive}, ${negative}`);
        assert.ok(await sidewaysFree(page));
        await drawLassoWithShift(open);
        assert.ok(await page.locator('.selection').isVisible());
        assert.ok(await sidewaysFree(page));
      }));
  }
}

async function drawLassoWithShift(open: ReportPage): Promise<void> {
  await open.page.keyboard.down('Shift');
  await drawLasso(open);
  await open.page.keyboard.up('Shift');
}

test('50 000 points move; how long a frame takes is reported', (context) =>
  withPage({}, async (open) => {
    const { page } = open;
    const made = sampleProjection({ nPoints: 50_000, nAttributes: 4, nModels: 1, report });
    // Without its neighbours, whose way to the browser would be the longest part of the test.
    const none = { k: 0, index: [], distance: [] };
    const large = { ...made, models: made.models.map((model) => ({ ...model, neighbours: none })) };
    await open.show(report);
    await open.send({ ...shownMessage, projection: large });
    const box = (await page.locator('.plot-field').boundingBox())!;
    await page.evaluate(`(() => {
      window.frames50 = [];
      let last = performance.now();
      const next = () => { const now = performance.now(); window.frames50.push(now - last); last = now; requestAnimationFrame(next); };
      requestAnimationFrame(next);
    })()`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 0; i < 40; i++) await page.mouse.move(x + 3 * i, y + i);
    await page.mouse.up();
    const times = (await page.evaluate<number[]>('window.frames50')).sort((a, b) => a - b);
    assert.ok(times.length > 3);
    context.diagnostic(
      `frames while dragging: median ${times[times.length >> 1]!.toFixed(1)} ms, slowest ${times.at(-1)!.toFixed(1)} ms`,
    );
  }));
