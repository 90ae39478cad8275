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
  // Around most of the points; the frame after it shows what they have in common.
  lasso: `(field, i, { left, top, width, height }) => {
    const turn = (2 * Math.PI * i) / ${nFrames};
    const at = { clientX: left + (0.5 + 0.4 * Math.cos(turn)) * width, clientY: top + (0.5 + 0.4 * Math.sin(turn)) * height };
    const type = i === 0 ? 'pointerdown' : i === ${nFrames - 1} ? 'pointerup' : 'pointermove';
    field.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, button: 0, shiftKey: true, bubbles: true }));
  }`,
} as const;

/** A lasso's slowest frame, which shows what is selected: a longer one is felt. */
const longestFrameMs = 50;

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
      let last = null;
      let i = 0;
      // The time of a frame is when it began, so that each has its own work and no other's.
      const next = (began) => {
        if (last !== null) times.push(began - last);
        last = began;
        if (i < ${nFrames}) gesture(field, i, box);
        if (++i < ${nFrames} + 5) requestAnimationFrame(next);
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
    if (name === 'lasso') {
      tellFigure({
        bench: 'projectionView',
        name: `${nPoints} points, lasso, slowest frame`,
        value: Number(at(1)),
        unit: 'ms',
        bound: { atMost: longestFrameMs },
      });
    }
    console.log(
      `projection, ${nPoints} points, ${name}: frame median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms` +
        (frames.thinned === '' ? '' : ` (${frames.thinned})`),
    );
  }
  console.log(`projection, ${nPoints} points: ${shownMs.toFixed(0)} ms from message to frame`);
  await open.close();
}
await harness.close();
