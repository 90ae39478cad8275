import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  colourChoiceOf,
  colourChoices,
  colourKey,
  colouringOf,
} from '../../../../webview-ui/projection/colouring.ts';
import { rampColours, rampSteps } from '../../../../webview-ui/projection/ramp.ts';
import { dataColours, relativeLuminance, type ThemeKind } from '../../../../webview-ui/theme.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';

const base = sampleProjection({ nPoints: 200, nAttributes: 2 });
const projection = {
  ...base,
  attributes: [{ name: 'Hat', codes: `+-?+${'-'.repeat(196)}` }],
  numbers: [{ name: 'blur', values: [null, ...Array.from({ length: 198 }, (_, i) => i), 1e6] }],
};

test('an attribute parts points into positive, negative and unknown, by colour and by symbol', () => {
  const { groups, groupOf } = colouringOf(projection, { kind: 'attribute', name: 'Hat' });
  assert.deepEqual([...groupOf.slice(0, 5)], [0, 1, 2, 0, 1]);
  assert.deepEqual(
    groups.map(({ symbol, count }) => [symbol, count]),
    [
      ['disc', 2],
      ['ring', 197],
      ['dot', 1],
    ],
  );
});

test('a number is a ramp between its quantiles, so that one value far out leaves the others their colours', () => {
  const { groups, groupOf, range } = colouringOf(projection, { kind: 'number', name: 'blur' });
  assert.deepEqual(range, { low: 2, high: 196, least: 0, greatest: 1e6 });
  assert.equal(groupOf[0], rampSteps, 'no value');
  assert.deepEqual([groupOf[1], groupOf[199]], [0, rampSteps - 1]);
  assert.equal(groupOf[100], rampSteps / 2);
  assert.equal(groups.length, rampSteps + 1);
  assert.equal(
    groups.reduce((sum, { count }) => sum + count, 0),
    200,
  );
});

test('a number that is the same everywhere has a colour', () => {
  const same = { ...projection, numbers: [{ name: 'blur', values: base.points.images.map(() => 3) }] };
  assert.deepEqual(new Set(colouringOf(same, { kind: 'number', name: 'blur' }).groupOf), new Set([0]));
});

test('every point is painted once, what is unknown first', () => {
  const { order } = colouringOf(projection, { kind: 'attribute', name: 'Hat' });
  assert.equal(order[0], 2);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from(order.keys()),
  );
});

test('a choice comes back from its key, and a key of nothing that is there is none', () => {
  for (const choice of colourChoices(projection)) {
    assert.deepEqual(colourChoiceOf(colourKey(choice), projection), choice);
  }
  assert.equal(colourChoiceOf('attribute:blur', projection), null);
  assert.equal(colourChoiceOf(undefined, projection), null);
});

for (const kind of Object.keys(dataColours) as ThemeKind[]) {
  test(`the ramp in ${kind} goes one way in lightness, with 3:1 against the background at both ends`, () => {
    const lightness = rampColours({ kind }).map((rgb) =>
      relativeLuminance(`#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`)!,
    );
    assert.equal(lightness.length, rampSteps);
    const direction = Math.sign(lightness.at(-1)! - lightness[0]!);
    for (let i = 1; i < rampSteps; i++) assert.ok(direction * (lightness[i]! - lightness[i - 1]!) > 0);
    const background = { light: 1, hcLight: 1, dark: relativeLuminance('#1f1f1f')!, hcDark: 0 }[kind];
    for (const end of [lightness[0]!, lightness.at(-1)!]) {
      const [low, high] = [Math.min(end, background), Math.max(end, background)];
      assert.ok((high + 0.05) / (low + 0.05) >= 3, `${(high + 0.05) / (low + 0.05)}`);
    }
  });
}
