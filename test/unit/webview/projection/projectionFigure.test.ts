import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageState } from '../../../../src/protocol/webviewMessages.ts';
import { projectionFigure, projectionFigures } from '../../../../webview-ui/figures/projectionFigure.ts';
import { measuring } from '../../../../webview-ui/figures/measuring.ts';
import { renderFigure } from '../../../../webview-ui/figures/renderFigure.ts';
import { viewProjection } from '../../../../webview-ui/projection/projectionState.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';
import { sampleReport } from '../../../support/sampleReport.ts';
import { elementsOf } from '../../../support/wellFormed.ts';

const report = sampleReport({ nModels: 2, nAttributes: 4 });
const sample = sampleProjection({ nPoints: 40, nAttributes: 4, nModels: 2, report });
const [name] = sample.attributes.map((attribute) => attribute.name);

/** Three points at the corners of a triangle, one with the first attribute, one without, one of which it is not known. */
const triangle = {
  ...sample,
  points: { images: ['a.jpg', 'b.jpg', 'c.jpg'], identities: [0, 0, 1], identityNames: ['A', 'B'] },
  attributes: [{ name: name!, codes: '+-?' }],
  numbers: [{ name: 'brightness', values: [0.25, 0.5, null] }],
  models: sample.models.map((model) => ({
    ...model,
    umap: { x: [0, 4, 4], y: [0, 0, 4] },
    pca: { ...model.pca, x: [0, 4, 4], y: [0, 0, 4] },
  })),
};

function drawn(projection: typeof sample, state: PageState) {
  const received = { projection, running: null, failure: null };
  const { shown } = viewProjection(report, '', { model: null, state }, received);
  const figure = projectionFigure(shown!);
  return { figure, elements: elementsOf(renderFigure(figure)) };
}

/** Of paths, without the key's, which come after all points. */
function pointPaths(elements: ReturnType<typeof elementsOf>) {
  return elements.filter(({ tag, attributes }) => tag === 'path' && attributes['d']!.startsWith('M'));
}

test('a point with the attribute is a disc, one without a ring, one of which it is not known a small dot', () => {
  const { elements } = drawn(triangle, {});
  const looks = pointPaths(elements)
    .slice(0, 3)
    .map(({ attributes }) => [
      attributes['stroke'],
      attributes['d']!.includes('A') ? 'ring' : attributes['stroke-linecap'],
      Number(attributes['stroke-width']),
    ]);
  const [unknown, ...known] = looks;
  // Radius 0.7 · 4.5 px of so few points; the ring's pen is 0.36 of it, a dot is half as large.
  assert.deepEqual(unknown, ['#8a8a8a', 'round', 3.15]);
  assert.deepEqual(
    known.sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
    [
      ['#0072b2', 'round', 6.3],
      ['#c75000', 'ring', 1.13],
    ],
  );
});

test('points lie where one scale for both axes puts them', () => {
  const { figure, elements } = drawn(triangle, { projectionColour: 'none' });
  // A plot of 440 px at (56, 1), 16 px of room on each side: 4 units are 408 px.
  const places = pointPaths(elements)
    .flatMap(({ attributes }) => [...attributes['d']!.matchAll(/M([\d.]+) ([\d.]+)L/g)])
    .map(([, x, y]) => [Number(x), Number(y)] as const)
    .slice(0, 3);
  assert.deepEqual(
    places.sort((a, b) => a[0] - b[0] || b[1] - a[1]),
    [
      [72, 425],
      [480, 425],
      [480, 17],
    ],
  );
  assert.equal(figure.width, 56 + 440 + 2);
});

test('axes have names, PCA ticks, and the legend counts', () => {
  const ofPca = drawn(triangle, { projectionMethod: 'pca' });
  const textsOf = ({ elements }: ReturnType<typeof drawn>) =>
    elements.flatMap(({ tag, text }) => (tag === 'text' ? [text.replace(/[\u2066-\u2069]/g, '')] : []));
  const texts = textsOf(ofPca);
  for (const text of [
    'Principal component 1: 8.1\u202F% of the variance',
    'Principal component 2: 5.3\u202F% of the variance',
    `with ${name}: 1`,
    `without ${name}: 1`,
    'not known: 1',
  ]) {
    assert.ok(texts.includes(text), `${text}: ${texts.join(' | ')}`);
  }
  assert.ok(texts.filter((text) => /^\d+$/.test(text)).length >= 6, texts.join(' | '));
  const ofNumber = textsOf(drawn(triangle, { projectionColour: 'number:brightness' }));
  for (const text of ['UMAP 1 (no unit)', 'brightness: 2', '0.2500', '0.5000', 'not known: 1']) {
    assert.ok(ofNumber.includes(text), `${text}: ${ofNumber.join(' | ')}`);
  }
});

test('many points are a few paths, in layers so that the last group does not hide all others', () => {
  const large = sampleProjection({ nPoints: 4000, nAttributes: 4, report });
  const { elements } = drawn(large, {});
  const paths = pointPaths(elements);
  assert.ok(paths.length <= 3 * 8 + 3, String(paths.length));
  const colours = paths.map(({ attributes }) => attributes['stroke']);
  const [first, last] = ['#0072b2', '#c75000'].map((colour) => colours.indexOf(colour));
  assert.ok(colours.lastIndexOf('#0072b2') > last! && colours.lastIndexOf('#c75000') > first!);
  const subpaths = paths.reduce((n, { attributes }) => n + attributes['d']!.split('M').length - 1, 0);
  assert.equal(subpaths, 4000 + 3, 'every point once, and the three of the legend');
});

test('a name of 300 characters ends where the figure does', () => {
  const long = 'x'.repeat(300);
  const { figure, elements } = drawn({ ...triangle, attributes: [{ name: long, codes: '+-?' }] }, {});
  const legend = elements.filter(({ tag, text }) => tag === 'text' && text.includes('xxx'));
  assert.ok(legend.length >= 2);
  for (const { text, attributes } of legend) {
    const width = measuring.measureText(text).width * (11 / 10);
    assert.ok(Number(attributes['x']) + width <= figure.width, `${text.length} characters`);
  }
});

test('an export has each model by each method, coloured by its strongest attribute that was projected', () => {
  const figures = projectionFigures(report, sample);
  assert.equal(figures.length, 4);
  assert.equal(new Set(figures.map((figure) => figure.name)).size, 4);
  const strongest = report.results.macroscale.map(({ rows }) => {
    const best = [...rows].sort((a, b) => b.ks - a.ks)[0]!;
    return best.attribute;
  });
  figures.forEach(({ title }, i) => {
    const { model } = sample.models[i >> 1]!;
    assert.equal(title, `${i % 2 === 0 ? 'UMAP' : 'PCA'}, ${strongest[i >> 1]!}: ${model}`);
  });
  const without = { ...sample, attributes: sample.attributes.filter((one) => !strongest.includes(one.name)) };
  assert.ok(!strongest.some((one) => projectionFigures(report, without)[0]!.title.includes(one)));
});
