import type { Phrase } from './wording.ts';

/** Whole phrases one after the other; nothing else is ever put together from parts. */

/** Sentences of one paragraph. */
export function spaced(sentences: readonly Phrase[]): Phrase {
  return between(sentences, ' ');
}

/** A list within a sentence. */
export function listed(items: readonly Phrase[]): Phrase {
  return between(items, ', ');
}

/** Sentences of one paragraph; empty ones are left out. */
export function paragraph(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** A name in a text that is no phrase: its writing direction stays its own. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function between(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases
    .filter((phrase) => phrase.length > 0)
    .flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}
