/**
 * How long the page takes from the report's message to the frame that shows its charts, and its longest frame while
 * a person types into the filter of each section.
 */
import { sampleReport } from '../support/sampleReport.ts';
import { startHarness } from '../webview/harness.ts';
import { tellFigure } from './figures.ts';

const runs = 7;
const typed = Array.from('wearing');
const keyMs = 80;
const mostMsToOpen = 500;
const mostMsOfFrame = 50;
const cases = [
  { nModels: 1, nAttributes: 40 },
  { nModels: 5, nAttributes: 40 },
  { nModels: 5, nAttributes: 40, verification: true, microscale: true },
  { nModels: 5, nAttributes: 400 },
];

const harness = await startHarness();
for (const options of cases) {
  const report = sampleReport(options);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const open = await harness.open();
    await open.show(report);
    const ms = await open.page
      .waitForFunction(`performance.getEntriesByName('attribute-lens:message-to-frame')[0]?.duration`)
      .then((handle) => handle.jsonValue());
    times.push(Number(ms));
    await open.close();
  }
  times.sort((a, b) => a - b);
  const megabytes = (JSON.stringify(report).length / 1e6).toFixed(1);
  const parts = 'microscale' in options ? ', all sections' : '';
  const what = `${options.nModels} × ${options.nAttributes} attributes${parts}`;
  tell(`open ${what}, median`, times[(runs - 1) / 2]!, options.nAttributes > 40 ? null : mostMsToOpen);
  console.log(
    `report page, ${what} (${megabytes} MB): median ${times[(runs - 1) / 2]!.toFixed(0)} ms, ` +
      `slowest ${times.at(-1)!.toFixed(0)} ms from message to frame, ${runs} fresh pages`,
  );
}
for (const { section, frames, idle, busiest } of await filterEachSection()) {
  tell(`filter «${section}», longest frame`, frames.at(-1)!, mostMsOfFrame);
  tell(`filter «${section}», dearest key`, busiest, mostMsOfFrame);
  console.log(
    `report page, 5 × 40 attributes, filtering «${section}»: longest frame ${frames.at(-1)!.toFixed(0)} ms, ` +
      `median ${frames[Math.trunc(frames.length / 2)]!.toFixed(0)} ms; ${idle.toFixed(0)} ms at rest; ` +
      `${busiest.toFixed(0)} ms of the page's processor time for the dearest key`,
  );
}
await harness.close();

function tell(name: string, value: number, atMost: number | null): void {
  tellFigure({ bench: 'reportOpen', name, value, unit: 'ms', bound: atMost === null ? null : { atMost } });
}

interface Filtered {
  readonly section: string;
  /** Milliseconds between frames while typing and deleting, ascending. */
  readonly frames: readonly number[];
  /** The longest without anything done: what the machine itself takes. */
  readonly idle: number;
  /** Milliseconds of the main thread's own time, all tasks of one key together: not moved by what else runs. */
  readonly busiest: number;
}

async function filterEachSection(): Promise<Filtered[]> {
  const open = await harness.open({ width: 1400 });
  await open.show(sampleReport({ nModels: 5, nAttributes: 40, verification: true, microscale: true }));
  const { page } = open;
  // Every frame from now on, by the time since the last.
  await page.evaluate(`globalThis.frames = []; (function next(last) {
    requestAnimationFrame((now) => { globalThis.frames.push(now - last); next(now); });
  })(performance.now())`);
  const framesSince = async (work: () => Promise<void>) => {
    await page.evaluate('globalThis.frames.length = 0');
    await work();
    return (await page.evaluate<number[]>('globalThis.frames')).toSorted((a, b) => a - b);
  };
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const filtered: Filtered[] = [];
  const tabs = page.getByRole('tab');
  for (let index = 0; index < (await tabs.count()); index++) {
    const tab = tabs.nth(index);
    await tab.click();
    const field = page.getByPlaceholder('Find an attribute').locator('visible=true').first();
    if ((await field.count()) === 0) continue;
    const idle = (await framesSince(() => page.waitForTimeout(1000))).at(-1)!;
    let busiest = 0;
    const frames = await framesSince(async () => {
      await field.click();
      for (const key of [...typed, ...typed.map(() => 'Backspace')]) {
        const before = await busyMs();
        await page.keyboard.press(key);
        await page.waitForTimeout(keyMs);
        busiest = Math.max(busiest, (await busyMs()) - before);
      }
    });
    filtered.push({ section: (await tab.innerText()).trim(), frames, idle, busiest });
  }
  await open.close();
  return filtered;
}
