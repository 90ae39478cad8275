import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgressLine } from '../../../src/cli/progressLine.ts';

function record(isTTY: boolean) {
  const written: string[] = [];
  const line = new ProgressLine({ isTTY, columns: 60, write: (text) => void written.push(text) });
  return { written, line };
}

test('away from a terminal there is one plain line for each tenth of a phase', () => {
  const { written, line } = record(false);
  for (let done = 0; done <= 100; done++)
    line.update({ phase: 'embed', done, total: 100, item: `${done}.jpg` });
  assert.equal(written.length, 11);
  assert.equal(written[0], 'Embedding 0 of 100\n');
  assert.equal(written[10], 'Embedding 100 of 100\n');
});

test('on a terminal the bar redraws itself, never wider than the terminal, and clears', () => {
  const { written, line } = record(true);
  line.update({ phase: 'embed', done: 1, total: 2, item: 'a'.repeat(200) });
  line.clear();
  line.clear();
  assert.equal(written.length, 2);
  const text = written[0]!.replace('\r\u001b[K', '');
  assert.match(text, /^Embedding {8}━{12}─{12} 1\/2 a+$/);
  assert.equal(text.length, 59);
  assert.equal(written[1], '\r\u001b[K');
});

test('while a model embeds, its speed is said: on a line of its tenth, and in place of the item', () => {
  const update = {
    phase: 'embed',
    done: 1,
    total: 2,
    item: 'a.jpg',
    throughput: { imagesPerSecond: 215.2, shares: { decode: 0.3, align: 0.4, inference: 0.2 } },
  } as const;
  const plain = record(false);
  plain.line.update(update);
  assert.deepEqual(plain.written, ['Embedding 1 of 2 · 215 images/s · waiting for alignment 40 %\n']);
  const terminal = record(true);
  terminal.line.update({
    ...update,
    throughput: { ...update.throughput, shares: { decode: 0, align: 0, inference: 1 } },
  });
  assert.match(terminal.written[0]!, / 1\/2 215 images\/s$/);
});

test('an empty phase counts as done', () => {
  const { written, line } = record(false);
  line.update({ phase: 'scan', done: 0, total: 0, item: '' });
  assert.deepEqual(written, ['Scanning 0 of 0\n']);
});
