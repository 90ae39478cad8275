import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataColours, relativeLuminance, type Theme, themeFrom } from '../../../webview-ui/theme.ts';
import { editorThemes, type ThemeName } from '../../support/vscodeThemes.ts';

function theme(name: ThemeName): Theme {
  const { bodyClasses, variables } = editorThemes[name];
  return themeFrom(bodyClasses, (variable) => (variables as Record<string, string>)[variable] ?? '');
}

test('each of the four kinds of theme is recognised', () => {
  assert.deepEqual(
    (['light', 'dark', 'hc-light', 'hc-dark'] as const).map((name) => theme(name).kind),
    ['light', 'dark', 'hcLight', 'hcDark'],
  );
});

test('a custom theme is light or dark by its background, whatever it calls itself', () => {
  const solarized = themeFrom(['vscode-dark'], (name) =>
    name === '--vscode-editor-background' ? '#fdf6e3' : '',
  );
  assert.equal(solarized.kind, 'light');
});

test('without variables, the body class decides and fallbacks are drawn', () => {
  const bare = themeFrom(['vscode-light'], () => '');
  assert.equal(bare.kind, 'light');
  assert.equal(bare.background, '#ffffff');
  assert.equal(bare.fontSizePx, 13);
});

for (const name of Object.keys(editorThemes) as ThemeName[]) {
  test(`in ${name}, data colours stand out from the background by 3:1, and from each other by hue`, () => {
    const { background, positive, negative, matched, unmatched } = theme(name);
    assert.ok(contrast(matched, background) >= 3, `matched ${contrast(matched, background)}`);
    assert.ok(contrast(unmatched, background) >= 3, `unmatched ${contrast(unmatched, background)}`);
    assert.ok(greenOverRed(matched) > 0 && greenOverRed(unmatched) < 0);
    assert.ok(contrast(positive, background) >= 3, `positive ${contrast(positive, background)}`);
    assert.ok(contrast(negative, background) >= 3, `negative ${contrast(negative, background)}`);
    // Blue against orange: the pair that all common forms of colour-blindness keep apart.
    assert.ok(blueOverRed(positive) > 0 && blueOverRed(negative) < 0);
  });
}

test('the luminance of colours is that of WCAG', () => {
  assert.equal(relativeLuminance('#ffffff'), 1);
  assert.equal(relativeLuminance('#000000'), 0);
  assert.ok(Math.abs(relativeLuminance('#777777')! - 0.184) < 0.001);
  assert.equal(relativeLuminance('hotpink'), null);
});

test('every kind of theme has its data colours', () => {
  assert.deepEqual(Object.keys(dataColours).sort(), ['dark', 'hcDark', 'hcLight', 'light']);
});

function contrast(a: string, b: string): number {
  const [x, y] = [relativeLuminance(a)!, relativeLuminance(b)!];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function blueOverRed(colour: string): number {
  return Number.parseInt(colour.slice(5, 7), 16) - Number.parseInt(colour.slice(1, 3), 16);
}

function greenOverRed(colour: string): number {
  return Number.parseInt(colour.slice(3, 5), 16) - Number.parseInt(colour.slice(1, 3), 16);
}
