import type { ModelInput } from '../../protocol/report.ts';

type Identified = Pick<ModelInput, 'name' | 'sha256'>;

/** Every model of one report with every model of another: those of one content first, then those of one name. */
export function pairModels<M extends Identified>(
  before: readonly M[],
  after: readonly M[],
): (readonly [before: M, after: M])[] {
  const pairs = before.flatMap((one) => after.map((other) => [one, other] as const));
  return [isSameContent, isSameName, isNeither].flatMap((rank) =>
    pairs.filter(([one, other]) => rank(one, other)),
  );
}

export interface MatchedModels<M> {
  readonly matches: readonly (readonly [before: M, after: M])[];
  readonly beforeAlone: readonly M[];
  readonly afterAlone: readonly M[];
}

/** Each model with one other at most: that of its content, else of its name, else the only one that is left. */
export function matchModels<M extends Identified>(
  before: readonly M[],
  after: readonly M[],
): MatchedModels<M> {
  const left = new Set(before);
  const right = new Set(after);
  const matches: [before: M, after: M][] = [];
  const match = (one: M, other: M) => {
    if (!left.delete(one)) return;
    right.delete(other);
    matches.push([one, other]);
  };
  for (const [one, other] of pairModels(before, after)) {
    if (!isNeither(one, other) && left.has(one) && right.has(other)) match(one, other);
  }
  if (left.size === 1 && right.size === 1) match([...left][0]!, [...right][0]!);
  matches.sort(([a], [b]) => before.indexOf(a) - before.indexOf(b));
  return { matches, beforeAlone: [...left], afterAlone: [...right] };
}

function isSameContent(a: Identified, b: Identified): boolean {
  return a.sha256 === b.sha256;
}

function isSameName(a: Identified, b: Identified): boolean {
  return a.name === b.name && !isSameContent(a, b);
}

function isNeither(a: Identified, b: Identified): boolean {
  return a.name !== b.name && !isSameContent(a, b);
}
