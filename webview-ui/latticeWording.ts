import type { LatticePreview } from '../src/protocol/microscaleJobs.ts';
import { formatCount, formatFixed } from './format.ts';
import { t } from './l10n.ts';
import { latticeDescription, unitInWords } from './latticeStepWording.ts';

type PreviewedAttribute = LatticePreview['attributes'][number];

/** «6 images, 1 left out; crops of 112 × 112 pixels, as the model will see them.» */
export function latticeSummary({ attributes, nFailed, width, height }: LatticePreview): string {
  const n = new Set(attributes.flatMap(({ rows }) => rows.map(({ image }) => image))).size;
  const crops = t('crops of {0} × {1} pixels, as the model will see them.', width, height);
  if (nFailed === 0) return n === 1 ? t('1 image; {0}', crops) : t('{0} images; {1}', formatCount(n), crops);
  const failed = formatCount(nFailed);
  return n === 1
    ? t('1 image, {0} left out; {1}', failed, crops)
    : t('{0} images, {1} left out; {2}', formatCount(n), failed, crops);
}

/** «a step is 20 grey levels, added to every channel» */
export function stepInWords({ name, step, unit }: PreviewedAttribute): string {
  return t('a step is {0}: {1}', withUnit(formatValue(step), unit), latticeDescription(name));
}

/** «−13.4», «0», «+6.6»: a value is told from a distance by its sign. */
export function signedValue(value: number): string {
  const text = formatValue(value);
  return value > 0 && text !== '0' ? `+${text}` : text;
}

/** What the picture shows, for who does not see it. */
export function cropInWords(image: string, { name, unit }: PreviewedAttribute, value: number): string {
  return `\u2068${image}\u2069, ${name} ${withUnit(signedValue(value), unit)}`;
}

/** At most one decimal, none where it is 0; two below 1, such as 0.35 pixels. */
function formatValue(value: number): string {
  const text = formatFixed(value, Math.abs(value) < 1 ? 2 : 1);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function withUnit(text: string, unit: string): string {
  return unit === '°' ? `${text}°` : `${text}\u202F${unitInWords(unit)}`;
}
