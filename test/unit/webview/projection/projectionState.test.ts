import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasProjection } from '../../../../src/protocol/hasProjection.ts';
import type { PageState } from '../../../../src/protocol/webviewMessages.ts';
import { rampEnds } from '../../../../webview-ui/projection/projectionWording.ts';
import { neighboursOf, type ReceivedProjection } from '../../../../webview-ui/projection/projectionState.ts';
import { viewReport } from '../../../../webview-ui/state.ts';
import { sampleProjection } from '../../../support/sampleProjection.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

const report = sampleReport({ nModels: 2, nAttributes: 4, microscale: true });
const projection = sampleProjection({ nPoints: 60, nAttributes: 4, nModels: 2, report });
const nothing: ReceivedProjection = { projection: null, running: null, failure: null };
const running = { message: 'half', percent: 50 };

const view = (received: ReceivedProjection | null, state: PageState = {}, of = report) =>
  viewReport(of, 'x', { section: 'projection', ...state }, received).projection!;
const shown = (state: PageState = {}, received = { ...nothing, projection }) => view(received, state).shown!;

test('the section is asking until the host was heard, then says what is the case', () => {
  assert.equal(view(null).status, 'asking');
  assert.equal(view(nothing).status, 'none');
  assert.equal(view({ ...nothing, running }).status, 'running');
  assert.equal(view({ ...nothing, failure: 'gone' }).status, 'failed');
  assert.equal(view({ ...nothing, projection }).status, 'shown');
  assert.equal(
    view({ projection, running, failure: null }).status,
    'shown',
    'the old one until the new one is there',
  );
});

test('a projection of other data counts as none', () => {
  const other = { ...projection, datasetDigest: '0'.repeat(64) };
  assert.equal(view({ ...nothing, projection: other }).status, 'none');
});

test('it is of the page’s model, and says where it is not', () => {
  const [first, second] = report.inputs.models.map(({ name }) => name);
  assert.deepEqual([shown().model.model, shown().fit], [first, 'same']);
  assert.equal(shown({ model: second! }).model.model, second);
  const onlyFirst = { ...projection, models: projection.models.slice(0, 1) };
  const standIn = shown({ model: second! }, { ...nothing, projection: onlyFirst });
  assert.deepEqual([standIn.model.model, standIn.fit], [first, 'none']);
  const retrained = {
    ...projection,
    models: projection.models.map((one) => ({ ...one, sha256: '0'.repeat(64) })),
  };
  assert.equal(shown({}, { ...nothing, projection: retrained }).fit, 'changed');
});

test('colours are those that were chosen, else of the page’s attribute, else of the first one', () => {
  const [first, second] = projection.attributes.map(({ name }) => name);
  assert.deepEqual(shown().colouring.choice, { kind: 'attribute', name: first });
  assert.deepEqual(shown({ attribute: second! }).colouring.choice, { kind: 'attribute', name: second });
  assert.deepEqual(shown({ attribute: second!, projectionColour: 'number:brightness' }).colouring.choice, {
    kind: 'number',
    name: 'brightness',
  });
  assert.deepEqual(shown({ projectionColour: 'attribute:gone' }).colouring.choice, {
    kind: 'attribute',
    name: first,
  });
  const bare = { ...projection, attributes: [] };
  assert.deepEqual(shown({}, { ...nothing, projection: bare }).colouring.choice, { kind: 'none' });
});

test('drawings and colours are made once', () => {
  assert.equal(shown().points, shown({ attribute: 'x' }).points);
  assert.equal(shown().colouring, shown().colouring);
  assert.notEqual(shown().points, shown({ projectionMethod: 'pca' }).points);
});

test('a report without models has no projection, nor has one of a lattice alone', () => {
  assert.ok(hasProjection(report));
  assert.ok(!hasProjection(sampleReport({ nModels: 0 })));
  assert.ok(!hasProjection({ ...report, results: { ...report.results, macroscale: [] } }));
});

test('neighbours are the point’s own part of the list', () => {
  const model = {
    ...projection.models[0]!,
    neighbours: { k: 2, index: [1, 2, 0, 2, 0, 1], distance: [1, 2, 3, 4, 5, 6] },
  };
  assert.deepEqual(neighboursOf(model, 1), [
    { point: 0, distance: 3 },
    { point: 2, distance: 4 },
  ]);
});

test('the ends of a ramp say whether values lie beyond', () => {
  const { colouring } = shown({ projectionColour: 'number:brightness' });
  assert.deepEqual(rampEnds({ ...colouring, range: { low: 1, high: 3, least: 1, greatest: 90 } }), [
    '1.000',
    '≥ 3.000',
  ]);
  assert.deepEqual(rampEnds({ ...colouring, range: { low: 1, high: 3, least: -4, greatest: 3 } }), [
    '≤ 1.000',
    '3.000',
  ]);
  assert.equal(rampEnds({ ...colouring, range: null }), null);
});
