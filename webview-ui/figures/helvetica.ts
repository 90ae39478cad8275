/**
 * Width of a text in Helvetica, of which Arial and Liberation Sans have the widths, in thousandths of the font's size:
 * Adobe's Font Metrics for what Latin text is made of, and a guess for what the font does not have.
 */
export function helveticaWidth(text: string, isBold: boolean): number {
  const widths = isBold ? bold : regular;
  let width = 0;
  for (const character of text.normalize('NFD')) {
    const code = character.codePointAt(0)!;
    width += widths[code - firstCode] ?? others.get(character) ?? guess(character, code);
  }
  return width;
}

/** Letters outside the Latin alphabet, by what kind they are. */
function guess(character: string, code: number): number {
  if (/^[\p{M}\p{Cf}\p{Cc}]$/u.test(character)) return 0;
  if (/^\p{Zs}$/u.test(character)) return 278;
  const isWide = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]$/u;
  return code >= 0x1100 && isWide.test(character) ? 1000 : 600;
}

const firstCode = 32;

/** U+0020 to U+007E. */
const regular: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const bold: readonly number[] = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
  556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
  556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
  333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

const others: ReadonlyMap<string, number> = new Map([
  ['−', 584],
  ['–', 556],
  ['—', 1000],
  ['…', 1000],
  ['·', 278],
  ['«', 556],
  ['»', 556],
  ['‘', 222],
  ['’', 222],
  ['°', 400],
  ['×', 584],
  ['±', 584],
  ['≤', 549],
  ['≥', 549],
  ['→', 1000],
  ['←', 1000],
  ['\u2009', 200],
  ['\u202f', 200],
  ...Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹⁻', (digit) => [digit, 333] as const),
]);
