import { hasProjection } from '../src/protocol/hasProjection.ts';
import type { ModelInput, Report } from '../src/protocol/report.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';
import { inEditor } from './editor.ts';
import { type DataView, hasData, viewData } from './dataState.ts';
import { type DiscriminativeView, viewDiscriminative } from './discriminativeState.ts';
import { type Overview, overviewOf } from './findings.ts';
import { type MacroscaleView, viewMacroscale } from './macroscaleState.ts';
import { type MicroscaleView, viewMicroscale } from './microscaleState.ts';
import { comparedModels, type ModelsView, viewModels } from './modelsState.ts';
import {
  type ProjectionView,
  type ReceivedProjection,
  viewProjection,
} from './projection/projectionState.ts';
import { modelsOf } from './reportModels.ts';
import { type SignificanceView, viewSignificance } from './significanceState.ts';
import { type VerificationView, viewVerification } from './verificationState.ts';

/** Everything the page draws, derived from the report and what the reader chose. Pure. */
export interface ReportView {
  readonly report: Report;
  readonly fileName: string;
  /** One label for each model with results, unique. */
  readonly modelLabels: readonly string[];
  /** The model that is shown; `null` where the report has results of none. */
  readonly label: string | null;
  readonly input: ModelInput | null;
  readonly overview: Overview;
  /** Those that the report has something for, in the order of the page. */
  readonly sections: readonly Section[];
  readonly section: Section;
  readonly macroscale: MacroscaleView | null;
  readonly verification: VerificationView | null;
  readonly discriminative: DiscriminativeView | null;
  /** Of all models, like the next one; both only while their section is shown. */
  readonly significance: SignificanceView | null;
  readonly models: ModelsView | null;
  /** Only while its section is shown, like the next one. */
  readonly microscale: MicroscaleView | null;
  readonly projection: ProjectionView | null;
  readonly data: DataView | null;
}

export const sections = [
  'macroscale',
  'significance',
  'models',
  'microscale',
  'discriminative',
  'verification',
  'projection',
  'data',
  'run',
] as const;
export type Section = (typeof sections)[number];

export function viewReport(
  report: Report,
  fileName: string,
  state: PageState,
  projection: ReceivedProjection | null = null,
): ReportView {
  const models = modelsOf(report);
  const model = models.find(({ label }) => label === state.model) ?? models[0] ?? null;
  const macroscale = model?.macroscale ? viewMacroscale(report, model.macroscale, state) : null;
  const verification = model?.verification ? viewVerification(report, model.verification, state) : null;
  const discriminative = model?.discriminative
    ? viewDiscriminative(report, model.discriminative, state)
    : null;
  const nCompared = comparedModels(models).length;
  const filled = {
    macroscale: macroscale !== null && macroscale.ranking.length > 0,
    significance: nCompared > 0,
    models: nCompared > 1,
    microscale: Boolean(model?.microscale) || report.results.energyValidations.length > 0,
    discriminative: discriminative !== null && discriminative.ranking.length > 0,
    verification: verification !== null,
    projection: inEditor() && hasProjection(report),
    data: hasData(report),
    run: true,
  } as const satisfies Record<Section, boolean>;
  const shown = sections.filter((section) => filled[section]);
  const section = shown.find((one) => one === state.section) ?? opening(shown);
  return {
    report,
    fileName,
    modelLabels: models.map(({ label }) => label),
    label: model?.label ?? null,
    input: model?.input ?? null,
    overview: overviewOf(model, macroscale, verification),
    sections: shown,
    section,
    macroscale,
    verification,
    discriminative,
    significance: section === 'significance' ? viewSignificance(models, state) : null,
    models: section === 'models' ? viewModels(report, models, state) : null,
    microscale: section === 'microscale' ? viewMicroscale(report, models, model, state) : null,
    projection:
      section === 'projection' ? viewProjection(report, fileName, { model, state }, projection) : null,
    data: section === 'data' ? viewData(report, model?.macroscale ?? null, state) : null,
  };
}

/** What the shown model has comes before what all have; a projection is looked at when it is asked for. */
function opening(shown: readonly Section[]): Section {
  return shown.find((one) => ofOneModel.has(one)) ?? shown.find((one) => one !== 'projection')!;
}

const ofOneModel: ReadonlySet<Section> = new Set([
  'macroscale',
  'microscale',
  'discriminative',
  'verification',
]);
