import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { readBundle } from '../../scripts/l10n.ts';
import { type Section, sections } from '../../webview-ui/state.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, sidewaysFree, startHarness, texts, type WithPage } from './harness.ts';

/** The page with the Italian texts that are shipped. Pictures of it are for people to look at; git ignores the folder. */
const folder = 'artifacts/webview/italian';

let harness: Harness;
let bundle: Readonly<Record<string, string>>;
before(async () => {
  bundle = await readBundle('it');
  harness = await startHarness();
  await mkdir(folder, { recursive: true });
});
after(() => harness.close());

const withPage: WithPage = (options, check) =>
  checkPage(harness, { theme: 'light', ...options, bundle }, check);

const report = sampleReport({
  nModels: 2,
  verification: true,
  microscale: true,
  diagnostics: [{ code: 'imageUnreadable', message: 'Broken.', count: 12, items: ['a.jpg', 'b.jpg'] }],
});
const projection = sampleProjection({ nPoints: 300, nAttributes: 4, nModels: 2, report });

const names = {
  macroscale: 'Macroscala',
  significance: 'Significatività',
  models: 'Modelli',
  microscale: 'Microscala',
  discriminative: 'Potere discriminante',
  verification: 'Verifica',
  projection: 'Proiezione',
  data: 'Dati',
  run: 'Esecuzione',
} as const satisfies Record<Section, string>;

test('sections, summary and buttons are in Italian', () =>
  withPage({}, async ({ page, show }) => {
    await show(report);
    assert.deepEqual(await texts(page.getByRole('tab')), Object.values(names));
    const [finding] = await texts(page.locator('.overview-findings li'));
    assert.match(finding!, /^Le persone (con|senza) \S+ sono più (vicine|lontane) tra loro .+ Mostra$/);
    assert.match((await texts(page.locator('.remarks')))[0]!, /Oltre il caso: .+ su .+ attributi\./);
    assert.deepEqual(await texts(page.locator('.left-out summary')), [
      'Esclusioni: 12 immagini (lettura impossibile)',
    ]);
    for (const name of ['Confronta…', 'Esporta tutto…', 'Salva: Distanza KS per attributo']) {
      assert.equal(await page.getByRole('button', { name, exact: true }).first().isVisible(), true, name);
    }
  }));

for (const section of sections) {
  for (const width of [600, 1400]) {
    test(`${names[section]} at ${width} px has no sideways scroll`, () =>
      withPage({ width, state: { section } }, async ({ page, show, send }) => {
        await show(report);
        await send({ type: 'projection', projection, running: null, failure: null });
        assert.deepEqual(await texts(page.getByRole('tab', { selected: true })), [names[section]]);
        assert.equal(await sidewaysFree(page), true);
        await page.screenshot({ path: `${folder}/${section}-${width}.png`, fullPage: true });
      }));
  }
}
