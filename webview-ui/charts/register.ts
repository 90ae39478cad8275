import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot';
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { gapLabelsPlugin } from './gapLabels.ts';
import { pointLabelsPlugin } from './pointLabels.ts';
import { thresholdMarksPlugin } from './thresholdMarks.ts';

/** chart.js with the parts that our charts are made of, on the page as in Node. */
Chart.register(
  BoxAndWiskers,
  BoxPlotController,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  gapLabelsPlugin,
  pointLabelsPlugin,
  thresholdMarksPlugin,
);

export { Chart };
