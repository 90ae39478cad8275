import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../../src/protocol/report.ts';
import type { Overview } from '../../../webview-ui/findings.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { plainText, type Phrase } from '../../../webview-ui/wording.ts';
import { handReportWithInference } from '../../support/handInference.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

function overviewOf(report: Report): Overview {
  return viewReport(report, '', {}).overview;
}

/** Without isolates and with plain blanks, for reading. */
function said(phrase: Phrase): string {
  return plainText(phrase)
    .replace(/[\u2068\u2069]/g, '')
    .replaceAll('\u00A0', ' ');
}

const findingsOf = (report: Report) => overviewOf(report).findings.map(({ phrase }) => said(phrase));
const remarksOf = (report: Report) => overviewOf(report).remarks.map(said);

function macroscaleAlone(): Report {
  const report = handReport();
  report.results.verification.splice(0);
  return report;
}

test('the strongest attributes are findings, with their KS', () => {
  assert.deepEqual(findingsOf(macroscaleAlone()), [
    'People with Hat lie closer to each other than to people without. KS 0.200.',
    'People with Beard lie farther from each other than from people without. KS 0.120.',
    'People without Scar lie farther from each other than from people with it. KS 0.100.',
  ]);
});

test('with inference a finding has its interval and p, and only what is beyond chance is one', () => {
  const report = handReportWithInference();
  report.results.verification.splice(0);
  assert.match(findingsOf(report)[0]!, /KS 0\.20 \(0\.18 to 0\.22; adjusted p [^)]+\)\.$/);
  assert.equal(findingsOf(report).length, 2);
  assert.deepEqual(remarksOf(report), ['Beyond chance: 2 of 4 attributes.']);
});

test('where nothing is beyond chance the overview says so instead of naming a finding', () => {
  const nothing = handReportWithInference();
  nothing.results.verification.splice(0);
  for (const row of nothing.results.macroscale[0]!.rows) row.pAdjusted = 0.3;
  assert.deepEqual(findingsOf(nothing), []);
  assert.deepEqual(remarksOf(nothing), [
    'Of no attribute it is shown that it shapes distances more than chance would. The largest KS is that of Hat: 0.200, adjusted p 0.300.',
  ]);
});

test('attributes that few people show are passed over, which is said', () => {
  const report = macroscaleAlone();
  for (const row of report.results.macroscale[0]!.rows) row.nIdentities = 19;
  const nFew = new Set(report.results.macroscale[0]!.rows.map(({ attribute }) => attribute)).size;
  assert.deepEqual(findingsOf(report), []);
  assert.deepEqual(remarksOf(report), [
    `Passed over: ${nFew} attributes with fewer than 20 people a side, where a large KS is mostly chance.`,
  ]);
});

test('every scale that was measured is among the three findings, each with the way to its chart', () => {
  const report = sampleReport({ nAttributes: 5, verification: true, microscale: true });
  const { findings } = overviewOf(report);
  assert.deepEqual(
    findings.map(({ target }) => target.section),
    ['macroscale', 'microscale', 'verification'],
  );
  const strongest = report.results.macroscale[0]!.rows.reduce((a, b) => (b.ks > a.ks ? b : a));
  assert.equal(findings[0]!.target.attribute, strongest.attribute);
  const means = report.results.microscale[0]!.rows.filter(
    (row) => row.identity === null && row.energy !== null && (row.stepOverWithin ?? 1) >= 0.1,
  );
  const aligned = means.reduce((a, b) => (b.energy! < a.energy! ? b : a));
  assert.equal(findings[1]!.target.latticeAttribute, aligned.attribute);
  assert.match(said(findings[1]!.phrase), new RegExp(`^Steps of ${aligned.attribute} move embeddings`));
});

test('a report without results has no overview', () => {
  const report = macroscaleAlone();
  report.results.macroscale.splice(0);
  assert.deepEqual(overviewOf(report), { findings: [], remarks: [] });
});

test('an attribute that the model hardly sees is no finding, however aligned its small steps are', () => {
  const report = sampleReport({ nAttributes: 2, microscale: true });
  const means = report.results.microscale[0]!.rows.filter((row) => row.identity === null);
  for (const row of means) row.stepOverWithin = 0.09;
  const sections = overviewOf(report).findings.map(({ target }) => target.section);
  assert.ok(!sections.includes('microscale'));
  means[0]!.stepOverWithin = 0.1;
  assert.equal(
    overviewOf(report).findings.find(({ target }) => target.section === 'microscale')?.target
      .latticeAttribute,
    means[0]!.attribute,
  );
});
