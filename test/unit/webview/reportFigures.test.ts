import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { renderSvg } from '../../../webview-ui/figures/renderFigure.ts';
import { reportFigures } from '../../../webview-ui/figures/reportFigures.ts';
import { macroscaleList } from '../../../webview-ui/macroscaleList.ts';
import { viewMacroscale } from '../../../webview-ui/macroscaleState.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('a chart is drawn as SVG without a browser', () => {
  const report = sampleReport();
  const { rows, scale } = macroscaleList(viewMacroscale(report, report.results.macroscale[0]!, {}));
  const theme = themeFrom(['vscode-light'], () => '');
  const svg = renderSvg(dotsByAttribute({ rows, scale }, theme), {
    width: 600,
    height: rows.length * 20,
    title: 'KS distances',
  });
  assert.equal(svg.match(/<circle/g)?.length, 2 * rows.length);
  assert.ok(reportFigures(report));
});
