import type { AttributeRule } from '../../src/domain/attributeColumn.ts';
import type { ModelProjection, Projection } from '../../src/protocol/projectionSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import type { HostMessage, PageState, ProjectionMethod } from '../../src/protocol/webviewMessages.ts';
import { rulesOf } from '../macroscaleState.ts';
import type { ReportModel } from '../reportModels.ts';
import { type ColourChoice, colourChoiceOf, type Colouring, colouringOf } from './colouring.ts';
import { type PointSet, pointSetOf } from './pointSet.ts';

/** What the host last said of the report's projection. */
export type ReceivedProjection = Omit<Extract<HostMessage, { type: 'projection' }>, 'type'>;

/** What the section draws. */
export interface ProjectionView {
  readonly report: Report;
  readonly fileName: string;
  /** `asking`: the host was not heard yet. */
  readonly status: 'asking' | 'none' | 'running' | 'failed' | 'shown';
  readonly running: ReceivedProjection['running'];
  readonly failure: string | null;
  readonly shown: ShownProjection | null;
}

/** A projection as it is looked at. */
export interface ShownProjection {
  readonly projection: Projection;
  readonly model: ModelProjection;
  /** `none`: the page's model was not projected, another is shown. `changed`: its file was another one. */
  readonly fit: 'same' | 'changed' | 'none';
  readonly method: ProjectionMethod;
  readonly points: PointSet;
  readonly colouring: Colouring;
  readonly view: 'chart' | 'table';
  readonly identitiesKnown: boolean;
  readonly ruleOf: (attribute: string) => AttributeRule;
}

export function viewProjection(
  report: Report,
  fileName: string,
  page: { readonly model: ReportModel | null; readonly state: PageState },
  received: ReceivedProjection | null,
): ProjectionView {
  const projection = received?.projection ?? null;
  const isOurs = projection !== null && projection.datasetDigest === report.inputs.dataset.digest;
  const shown = isOurs ? showProjection(report, projection, page) : null;
  const running = received?.running ?? null;
  const failure = received?.failure ?? null;
  return { report, fileName, status: statusOf(received, shown), running, failure, shown };
}

function statusOf(
  received: ReceivedProjection | null,
  shown: ShownProjection | null,
): ProjectionView['status'] {
  if (!received) return 'asking';
  if (shown) return 'shown';
  if (received.running) return 'running';
  return received.failure === null ? 'none' : 'failed';
}

function showProjection(
  report: Report,
  projection: Projection,
  { model: pageModel, state }: { readonly model: ReportModel | null; readonly state: PageState },
): ShownProjection | null {
  const metric = pageModel?.macroscale?.metric ?? pageModel?.verification?.metric;
  const named = projection.models.filter(({ model }) => model === pageModel?.name);
  const model = named.find((one) => one.metric === metric) ?? named[0] ?? projection.models[0];
  if (!model) return null;
  const input = report.inputs.models.find(({ name }) => name === model.model);
  const isChanged = input !== undefined && input.sha256 !== model.sha256;
  const method = state.projectionMethod ?? 'umap';
  return {
    projection,
    model,
    fit: pageModel !== null && named.length === 0 ? 'none' : isChanged ? 'changed' : 'same',
    method,
    points: pointSetOf(model, method),
    colouring: colouringOf(projection, colourOf(projection, state)),
    view: state.projectionView ?? 'chart',
    identitiesKnown: report.inputs.dataset.identitiesKnown,
    ruleOf: rulesOf(report),
  };
}

/** What was chosen here; else the attribute that is looked at on the page; else the first one. */
function colourOf(projection: Projection, { projectionColour, attribute }: PageState): ColourChoice {
  const ofPage = attribute === undefined ? undefined : `attribute:${attribute}`;
  const first = projection.attributes[0];
  return (
    colourChoiceOf(projectionColour, projection) ??
    colourChoiceOf(ofPage, projection) ??
    (first ? { kind: 'attribute', name: first.name } : { kind: 'none' })
  );
}

/** The nearest points of one, nearest first. */
export function neighboursOf(
  { neighbours: { k, index, distance } }: ModelProjection,
  point: number,
): readonly { readonly point: number; readonly distance: number }[] {
  return index
    .slice(point * k, (point + 1) * k)
    .map((neighbour, i) => ({ point: neighbour, distance: distance[point * k + i]! }));
}
