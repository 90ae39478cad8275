/** How smoothly the map of a projection moves: milliseconds from frame to frame while it is dragged and zoomed. */
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { startHarness } from '../webview/harness.ts';
import { tellFigure } from './figures.ts';

const nFrames = 90;
const gestures = {
  // Each frame moves the pointer as a hand would; events are dispatched in the page, so that no protocol is timed.
  drag: `(field, i, { left, top, width, height }) => {
    const at = { clientX: left + width / 2 + 120 * Math.sin(i / 9), clientY: top + height / 2 + 80 * Math.cos(i / 7) };
    const type = i === 0 ? 'pointerdown' : i === ${nFrames - 1} ? 'pointerup' : 'pointermove';
    field.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, button: 0, bubbles: true }));
  }`,
  zoom: `(field, i, { left, top, width, height }) => {
    const at = { clientX: left + width / 3, clientY: top + height / 2 };
    field.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: i < ${nFrames / 2} ? -60 : 60, bubbles: true, cancelable: true }));
  }`,
} as const;

const harness = await startHarness();
for (const nPoints of [1000, 10_000, 50_000]) {
  const report = sampleReport();
  const projection = sampleProjection({ nPoints, nAttributes: 40, report });
  const open = await harness.open({ state: { section: 'projection', attribute: 'Male' } });
  await open.show(report);
  await open.page.evaluate(`addEventListener('message', () => {
    const start = performance.now();
    requestAnimationFrame(() => setTimeout(() => { window.shownMs = performance.now() - start; }));
  }, true)`);
  await open.send({ type: 'projection', projection, running: null, failure: null });
  const shownMs = await open.page.evaluate<number>(`new Promise((done) => {
    const look = () => (window.shownMs === undefined ? requestAnimationFrame(look) : done(window.shownMs));
    look();
  })`);
  await open.page.evaluate('HTMLElement.prototype.setPointerCapture = () => {}');
  for (const [name, gesture] of Object.entries(gestures)) {
    const frames = await open.page.evaluate<{ times: number[]; thinned: string }>(`new Promise((resolve) => {
      const field = document.querySelector('.plot-field');
      const box = field.getBoundingClientRect();
      const gesture = ${gesture};
      const times = [];
      let last = performance.now();
      let i = 0;
      const next = () => {
        const now = performance.now();
        times.push(now - last);
        last = now;
        gesture(field, i, box);
        if (++i < ${nFrames}) requestAnimationFrame(next);
        else resolve({ times: times.slice(5), thinned: document.querySelector('.thinned').textContent });
      };
      requestAnimationFrame(next);
    })`);
    const times = frames.times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
    tellFigure({
      bench: 'projectionView',
      name: `${nPoints} points, ${name}, median frame`,
      value: Number(at(0.5)),
      unit: 'ms',
      bound: null,
    });
    console.log(
      `projection, ${nPoints} points, ${name}: frame median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms` +
        (frames.thinned === '' ? '' : ` (${frames.thinned})`),
    );
  }
  console.log(`projection, ${nPoints} points: ${shownMs.toFixed(0)} ms from message to frame`);
  await open.close();
}
await harness.close();
