import type { Axis } from './charts/axis.ts';
import { formatCount } from './format.ts';
import { t } from './l10n.ts';
import type { LegendEntry, ListBase, ListColumn, ListLine } from './listState.ts';
import type { AttributeLine, Box, EnergyColumn, EnergyPart, MeasuredView } from './microscaleState.ts';
import {
  energyChartCaveat,
  energyChartInWords,
  energyLineInWords,
  formatEnergy,
  formatEnergyInterval,
  formatRatio,
  formatStep,
  withoutEnergy,
} from './microscaleWording.ts';

/** Energies and step lengths as a list. Pure. */
export interface EnergyListView extends ListBase<EnergyRow> {
  readonly energyAxis: Axis;
  readonly stepAxis: Axis;
  /** Whether every part is named. */
  readonly byModel: boolean;
  /** Distances that steps are held against, by what they are of. */
  readonly references: readonly StepReference[];
}

export interface StepReference {
  readonly kind: 'matched' | 'unmatched';
  readonly value: number;
  readonly text: string;
}

export interface EnergyRow extends ListLine {
  readonly parts: readonly EnergyRowPart[];
}

/** One line of the chart. */
export interface EnergyRowPart {
  readonly label: string;
  readonly energies: readonly number[];
  readonly box: Box | null;
  readonly mean: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly text: string;
  /** Words in place of dots; empty where there are dots. */
  readonly missing: string;
  readonly step: number;
  readonly stepInterval: readonly [low: number, high: number] | null;
  readonly stepText: string;
}

export function energyList(view: MeasuredView): EnergyListView {
  const { meanWithin, meanBetween } = view.result;
  return {
    source: view.result,
    variant: view.byModel ? 'by model' : 'one model',
    rows: view.lines.map((line) => energyRow(line, view)),
    nAttributes: view.ranking.length,
    selected: view.selected?.attribute ?? null,
    columns: columnsOf(),
    sort: view.sort,
    filter: view.filter,
    view: view.view,
    chartInWords: energyChartInWords(view),
    caveat: energyChartCaveat(),
    legend: legendOf(view),
    tableName: t('Energy and step length by attribute'),
    energyAxis: view.energyAxis,
    stepAxis: view.stepAxis,
    byModel: view.byModel,
    references: [
      ...(meanWithin === null ? [] : [reference('matched', meanWithin, t('one person'))]),
      ...(meanBetween === null ? [] : [reference('unmatched', meanBetween, t('two people'))]),
    ],
  };
}

function legendOf({ lines, result }: MeasuredView): LegendEntry[] {
  const hasBoxes = lines.some(({ parts }) => parts.some(({ box }) => box !== null));
  return [
    { mark: 'filled', text: t('mean') },
    ...(hasBoxes ? [{ mark: 'noise', text: t('quartiles of identities') } as const] : []),
    ...(result.meanWithin === null
      ? []
      : [{ mark: 'matched', text: t('mean distance of two images of one person') } as const]),
    ...(result.meanBetween === null ? [] : [{ mark: 'unmatched', text: t('of two people') } as const]),
  ];
}

function reference(kind: StepReference['kind'], value: number, text: string): StepReference {
  return { kind, value, text };
}

function column(key: EnergyColumn, name: string, note: string, descendingFirst = true): ListColumn {
  return { key, name, note, descendingFirst };
}

function columnsOf(): ListColumn[] {
  return [
    column('attribute', t('Attribute'), t('Name of the attribute'), false),
    column('energy', t('Energy'), t('0 aligned, 1 no common direction; with its 95 % interval'), false),
    column('step', t('Step length'), t('Mean distance from start to end of a segment')),
    column('within', t('One person'), t('Step length over the mean distance of two images of one person')),
    column('between', t('Two people'), t('Step length over the mean distance of images of two people')),
    column('nIdentities', t('Identities'), t('Identities that have an energy')),
    column('nCurves', t('Curves'), t('Curves that are in the mean')),
    column('nStill', t('Still'), t('Curves left out: start and end have the same embedding')),
    column('nIsolated', t('Isolated'), t('Curves left out: no neighbour within the ball')),
  ];
}

function energyRow(line: AttributeLine, view: MeasuredView): EnergyRow {
  const { mean } = line;
  const energy =
    mean.energy === null
      ? withoutEnergy(mean)
      : mean.ci === null
        ? formatEnergy(mean)
        : `${formatEnergy(mean)} (${formatEnergyInterval(mean)})`;
  return {
    attribute: line.attribute,
    parts: line.parts.map((part) => rowPart(part, view)),
    cells: [
      energy,
      formatStep(mean.stepLength, view),
      formatRatio(mean.stepOverWithin),
      formatRatio(mean.stepOverBetween),
      formatCount(mean.nIdentities),
      formatCount(mean.nCurves),
      formatCount(mean.nStill),
      formatCount(mean.nIsolated),
    ],
    inWords: energyLineInWords(line, view),
  };
}

function rowPart({ label, mean, energies, box }: EnergyPart, view: MeasuredView): EnergyRowPart {
  return {
    label,
    energies,
    box,
    mean: mean.energy,
    interval: mean.ci,
    text: mean.energy === null ? '—' : formatEnergy(mean),
    missing: mean.energy === null ? withoutEnergy(mean) : '',
    step: mean.stepLength,
    stepInterval: mean.stepLengthCi,
    stepText: mean.moves ? formatStep(mean.stepLength, view) : '0',
  };
}
