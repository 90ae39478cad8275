import assert from 'node:assert/strict';
import { test } from 'node:test';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { type Drawn, onChange } from '../../../webview-ui/views/onChange.ts';

interface Shown {
  readonly result: object;
  readonly attribute: string;
  readonly filter: string;
}

const light = themeFrom(['vscode-light'], () => '');
const dark = themeFrom(['vscode-dark'], () => '');

test('a view is drawn again when what it is drawn from is another, and only then', () => {
  const drawn: string[] = [];
  const view: Drawn<Shown> & { focus(): string } = {
    update: ({ attribute, filter }) => {
      drawn.push(`${attribute} ${filter}`);
    },
    focus: () => 'kept',
  };
  const guarded = onChange(view, ({ result, attribute }: Shown) => [result, attribute]);
  const result = {};
  guarded.update({ result, attribute: 'Hat', filter: '' }, light);
  guarded.update({ result, attribute: 'Hat', filter: 'b' }, light);
  guarded.update({ result, attribute: 'Beard', filter: 'b' }, light);
  guarded.update({ result, attribute: 'Beard', filter: 'b' }, dark);
  guarded.update({ result: {}, attribute: 'Beard', filter: 'be' }, dark);
  assert.deepEqual(drawn, ['Hat ', 'Beard b', 'Beard b', 'Beard be']);
  assert.equal(guarded.focus(), 'kept');
});
