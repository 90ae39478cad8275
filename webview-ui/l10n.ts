import type { Part, Phrase } from './wording.ts';

/**
 * Words of the page in the language of the editor. Every text that a person reads goes through `t` or `phrase`
 * with the English text as its key; scripts/l10n.ts gathers the keys by reading the calls, so the first argument is
 * always a literal. Call them while drawing, never while a module loads.
 */
declare global {
  /** Set by the script of the language, which the host loads before the page; `undefined` in English. */
  var attributeLensBundle: Readonly<Record<string, string>> | undefined;
}

/** `{0}`, `{1}`, … stand for the arguments. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return translated(message).replace(placeholder, (whole, i: string) => String(args[Number(i)] ?? whole));
}

/** The same for a sentence whose arguments are parts of a phrase: names, numbers, or phrases of their own. */
export function phrase(message: string, ...args: readonly (Part | Phrase)[]): Phrase {
  const parts: Part[] = [];
  let end = 0;
  const text = translated(message);
  for (const match of text.matchAll(placeholder)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    const arg = args[Number(match[1])];
    if (isPhrase(arg)) parts.push(...arg);
    else parts.push(arg ?? match[0]);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

const placeholder = /\{(\d+)\}/g;

function translated(message: string): string {
  const bundle = globalThis.attributeLensBundle;
  return bundle && Object.hasOwn(bundle, message) ? bundle[message]! : message;
}

function isPhrase(arg: Part | Phrase | undefined): arg is Phrase {
  return Array.isArray(arg);
}
