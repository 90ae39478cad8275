import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chart } from 'chart.js';
import type { Report } from '../../../src/protocol/report.ts';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { renderSvg } from '../../../webview-ui/figures/renderFigure.ts';
import { reportFigures } from '../../../webview-ui/figures/reportFigures.ts';
import { macroscaleList } from '../../../webview-ui/macroscaleList.ts';
import { viewMacroscale } from '../../../webview-ui/macroscaleState.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { sampleReport } from '../../support/sampleReport.ts';
import { elementsOf } from '../../support/wellFormed.ts';

test('a chart is drawn as SVG without a browser: a circle for every dot', () => {
  const report = sampleReport();
  const { rows, scale } = macroscaleList(viewMacroscale(report, report.results.macroscale[0]!, {}));
  const svg = renderSvg(
    dotsByAttribute(
      { rows, scale },
      themeFrom(['vscode-light'], () => ''),
    ),
    { width: 600, height: rows.length * 20, title: 'KS & more' },
  );
  const elements = elementsOf(svg);
  assert.equal(elements.filter(({ tag }) => tag === 'circle').length, 2 * rows.length);
  assert.deepEqual(elements[0]?.attributes['viewBox'], `0 0 600 ${rows.length * 20}`);
  assert.equal(elements.find(({ tag }) => tag === 'title')?.text, 'KS & more');
});

test('dots lie where the axis puts them', () => {
  const report = sampleReport();
  const view = macroscaleList(viewMacroscale(report, report.results.macroscale[0]!, {}));
  const elements = elementsOf(figure(report, 'macroscale-arcface-r50'));
  const ticks = view.scale.axis.ticks.map((tick) => {
    const text = tick.toFixed(view.scale.axis.decimals).replace('-', '−');
    const [label] = elements.filter((one) => one.text === text && one.attributes['text-anchor'] === 'middle');
    return Number(label!.attributes['x']);
  });
  const perUnit = (ticks.at(-1)! - ticks[0]!) / (view.scale.axis.max - view.scale.axis.min);
  // The head's two dots come first; chart.js draws the last set of points first.
  const dots = elements.filter(({ tag, attributes }) => tag === 'circle' && Number(attributes['cy']) > 40);
  const placed = view.rows.map(
    ({ positive }) => ticks[0]! + (positive!.value - view.scale.axis.min) * perUnit,
  );
  const filled = dots.filter(({ attributes }) => attributes['stroke'] === undefined);
  assert.equal(filled.length, view.rows.length);
  filled.forEach(({ attributes }, i) => {
    assert.ok(Math.abs(Number(attributes['cx']) - placed[i]!) < 0.02, `line ${i}`);
  });
});

test('every figure of a report is well formed, has a name of its own, names its fonts and says what it shows', () => {
  const report = sampleReport({ nModels: 2, nAttributes: 6, verification: true, microscale: true });
  const figures = reportFigures(report);
  const kinds = new Set(figures.map(({ name }) => name.split('-')[0]));
  for (const kind of [
    'macroscale',
    'distances',
    'significance',
    'models',
    'discriminative',
    'energies',
    'fields',
    'retention',
    'alignment',
    'validation',
    'pairs',
    'roc',
    'accept',
    'people',
    'attributes',
    'entropy',
    'associations',
  ]) {
    assert.ok(kinds.has(kind), kind);
  }
  assert.equal(new Set(figures.map(({ name }) => name.toLowerCase())).size, figures.length);
  const ids: string[] = [];
  for (const { name, title, svg } of figures) {
    assert.match(name, /^[A-Za-z0-9.-]{1,200}$/);
    const elements = elementsOf(svg());
    assert.equal(elements[0]?.tag, 'svg', name);
    assert.equal(elements.find(({ tag }) => tag === 'title')?.text, title);
    assert.ok(elements.find(({ tag }) => tag === 'desc')!.text.length > 10, name);
    const fonts = new Set(elements.flatMap(({ attributes }) => attributes['font-family'] ?? []));
    assert.deepEqual([...fonts], ['Helvetica, Arial, sans-serif'], name);
    assert.ok(elements.filter(({ tag }) => tag === 'text').length > 3, name);
    ids.push(...elements.flatMap(({ attributes }) => attributes['id'] ?? []));
  }
  assert.equal(new Set(ids).size, ids.length, 'figures can stand in one page');
});

test('all that is written and drawn lies on the paper', () => {
  const report = sampleReport({ nModels: 2, nAttributes: 12, verification: true, microscale: true });
  for (const { name, svg } of reportFigures(report)) {
    const [root, ...elements] = elementsOf(svg());
    const [width, height] = [Number(root!.attributes['width']), Number(root!.attributes['height'])];
    for (const { tag, attributes } of elements) {
      if (tag !== 'text' && tag !== 'circle') continue;
      const [x, y] = [
        Number(attributes['x'] ?? attributes['cx']),
        Number(attributes['y'] ?? attributes['cy']),
      ];
      assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `${name}: ${tag} at ${x}, ${y}`);
    }
  }
});

test('names of strangers are text: markup, control characters, right to left, endless', () => {
  const names = [
    '<img src=x onerror=alert(1)>',
    'שמאל\u202Eright',
    'x'.repeat(300),
    'a\u0000b\u0007&amp;',
    '=1+1',
    '\ud800',
  ];
  const report = sampleReport({ nAttributes: 6, names, microscale: { names } });
  const figures = reportFigures(report);
  assert.ok(figures.length > 10);
  for (const { name, svg } of figures) {
    const elements = elementsOf(svg());
    assert.ok(!elements.some(({ tag }) => tag === 'img' || tag === 'script'), name);
  }
  const texts = elementsOf(figure(report, 'macroscale-arcface-r50')).map(({ text }) => text);
  assert.ok(texts.some((text) => text.startsWith('\u2068<img src=x')));
  assert.ok(
    texts.some((text) => /^\u2068x{20,40}…\u2069$/.test(text)),
    'cut, between its isolates',
  );
  assert.ok(texts.includes('\u2068ab&amp;\u2069'));
});

test('what was drawn is let go', () => {
  for (const { svg } of reportFigures(sampleReport({ nAttributes: 2 }))) svg();
  assert.deepEqual(Object.values(Chart.instances), []);
});

test('a report without results has no figures, one of the data set alone has its own', () => {
  const { results, ...report } = sampleReport({ nAttributes: 3 });
  const empty: Report = {
    ...report,
    results: {
      ...results,
      macroscale: [],
      discriminative: [],
      attributes: [],
      people: null,
      associations: [],
    },
  };
  assert.deepEqual(reportFigures(empty), []);
  const described: Report = { ...empty, results: { ...empty.results, people: results.people } };
  assert.deepEqual(
    reportFigures(described).map(({ name }) => name),
    ['people'],
  );
});

function figure(report: Report, name: string): string {
  const found = reportFigures(report).find((one) => one.name === name);
  assert.ok(found, name);
  return found.svg();
}
