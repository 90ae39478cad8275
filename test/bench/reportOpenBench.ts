/** How long the page takes from the report's message to the frame that shows its charts. */
import { sampleReport } from '../support/sampleReport.ts';
import { startHarness } from '../webview/harness.ts';

const runs = 7;
const cases = [
  { nModels: 1, nAttributes: 40 },
  { nModels: 5, nAttributes: 40 },
  { nModels: 5, nAttributes: 400 },
];

const harness = await startHarness();
for (const { nModels, nAttributes } of cases) {
  const report = sampleReport({ nModels, nAttributes });
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
  console.log(
    `report page, ${nModels} × ${nAttributes} attributes (${megabytes} MB): median ${times[(runs - 1) / 2]!.toFixed(0)} ms, ` +
      `slowest ${times.at(-1)!.toFixed(0)} ms from message to frame, ${runs} fresh pages`,
  );
}
await harness.close();
