import type { AttributeRule, Modality } from '../src/domain/attributeColumn.ts';
import { t } from './l10n.ts';
import { capital } from './wording.ts';

/** What `describeRule` says, in the language of the page and as a sentence. */
export function ruleSentence(rule: AttributeRule): string {
  return `${capital(ruleText(rule))}.`;
}

function ruleText(rule: AttributeRule): string {
  switch (rule.kind) {
    case 'binary':
      return t('as annotated');
    case 'oneVsRest':
      return t('{0} is «{1}», against the rest', rule.column, rule.value);
    case 'medianSplit':
      return t('{0} above its median {1}', rule.column, rule.median);
    case 'threshold':
      return t('{0} above {1}', rule.column, rule.threshold);
    case 'circularSplit':
      return t('{0} within 90° of {1}°', rule.column, rule.centre);
    case 'pairwise':
      return t('{0} is «{1}», against «{2}»', rule.column, rule.positive, rule.negative);
    case 'combination':
      return t('where {0}', rule.expression);
  }
}

export function modalityName(modality: Modality): string {
  return modality === 'positive' ? t('positive') : t('negative');
}
