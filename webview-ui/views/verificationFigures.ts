import type { VerificationResult } from '../../src/protocol/report.ts';
import { element } from '../dom.ts';
import { formatCount, formatFixed } from '../format.ts';
import { verificationFigures } from '../verificationFacts.ts';
import { distanceOfPairs, pairsInWords } from '../verificationWording.ts';
import { definitionLink } from './definitionLink.ts';
import { disclosedTable, factsTable } from './factsTable.ts';
import { figureElement } from './figureElement.ts';
import { t } from '../l10n.ts';
import type { Actions, View } from './view.ts';

/** The model in a row of figures, with the pairs they are of. */
export function createVerificationFigures(actions: Pick<Actions, 'post'>): View<VerificationResult> {
  const pairs = element('p', { class: 'pairs' });
  const figures = element('dl', { class: 'figures' });
  const link = definitionLink(actions, 'verification-intervals', t('Verification intervals'));
  const how = element('p', { class: 'muted' }, link);
  const folds = element('div');
  return {
    element: element('div', { class: 'verification-head' }, pairs, figures, how, folds),
    update(result) {
      pairs.replaceChildren(pairsInWords(result).join(' '));
      figures.replaceChildren(...verificationFigures(result).map(figureElement));
      folds.replaceChildren(
        ...(result.lfw ? [disclosedTable(t('The folds as a table'), foldsTable(result, result.lfw))] : []),
      );
    },
  };
}

function foldsTable(
  result: VerificationResult,
  { folds }: NonNullable<VerificationResult['lfw']>,
): HTMLTableElement {
  return factsTable(
    [t('Fold'), t('threshold'), t('accuracy'), t('pairs')],
    folds.map(({ fold, threshold, accuracy, nPairs }) => [
      formatCount(fold),
      distanceOfPairs(threshold, result),
      formatFixed(accuracy, 4),
      formatCount(nPairs),
    ]),
    { rowHeaders: true, label: t('Accuracy by fold') },
  );
}
