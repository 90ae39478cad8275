import type { People } from '../../src/protocol/report.ts';
import { binInWords, peopleHistogram } from '../charts/peopleHistogram.ts';
import { peopleAsCsv } from '../csvCharts.ts';
import { type DataView, peopleBins } from '../dataState.ts';
import { formatMedian, noPeopleInWords, peopleCaveat, peopleInWords } from '../dataWording.ts';
import { element, setText } from '../dom.ts';
import { imagesOfPeople } from '../figures/dataFigures.ts';
import { formatCount, formatFixed } from '../format.ts';
import { createChartFigure } from './chartFigure.ts';
import { disclosedTable, factsTable } from './factsTable.ts';
import { figureElement } from './figureElement.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import { saveableOf } from './saveMenu.ts';
import type { Actions, View } from './view.ts';

/** How many people there are, and how many images each has. */
export function createPeoplePart(actions: Pick<Actions, 'post'>): View<DataView> {
  const figures = element('dl', { class: 'figures' });
  const histogram = createChartFigure(actions, t('Images per person'), null);
  histogram.element.classList.add('small');
  const nobody = element('p', { class: 'muted' });
  const root = element('section', { class: 'data-part people' }, figures, histogram.element, nobody);
  let shown: { people: People | null; theme: Theme } | null = null;
  return {
    element: root,
    update({ people, noun }, theme) {
      histogram.element.hidden = figures.hidden = people === null;
      nobody.hidden = people !== null;
      setText(nobody, people ? '' : noPeopleInWords(noun));
      if (!people || (shown?.people === people && shown.theme === theme)) return;
      shown = { people, theme };
      const { min, median, mean, max } = people.imagesPerIdentity;
      figures.replaceChildren(
        ...[
          [t('People'), formatCount(people.nIdentities)],
          [t('Their images'), formatCount(imagesOf(people))],
          [t('Fewest images'), formatCount(min)],
          [t('Most images'), formatCount(max)],
          [t('Median'), formatMedian(median)],
          [t('Mean'), formatFixed(mean, 1)],
        ].map(([term, value]) =>
          figureElement({ term: term!, value: value!, interval: null, note: null, warning: null }),
        ),
      );
      const bins = peopleBins(people);
      histogram.show({
        specification: peopleHistogram(bins, theme),
        words: peopleInWords(people),
        caveat: peopleCaveat(),
        save: saveableOf(imagesOfPeople(people), () => peopleAsCsv(people)),
        table: disclosedTable(
          t('The people as a table'),
          factsTable(
            [t('Images'), t('people')],
            bins.map((bin) => [binInWords(bin), formatCount(bin.nIdentities)]),
            { rowHeaders: true, label: t('People by number of images') },
          ),
        ),
      });
    },
  };
}

function imagesOf({ histogram }: People): number {
  return histogram.reduce((sum, { nImages, nIdentities }) => sum + nImages * nIdentities, 0);
}
