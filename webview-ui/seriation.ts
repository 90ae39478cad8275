/**
 * An order in which alike things stand together: average linkage joins the two most alike groups again and again
 * (Sokal and Michener 1958), each time with those ends together that are most alike (Gruvaeus and Wainer 1972).
 * Equal choices fall to the earlier, so that the order depends on the numbers alone. Takes n³ steps.
 *
 * @param similarity symmetric, finite; larger is more alike.
 * @returns each of 0 … n − 1 once.
 */
export function orderBySimilarity(n: number, similarity: (i: number, j: number) => number): number[] {
  let groups: Group[] = Array.from({ length: n }, (_, i) => ({
    members: [i],
    alike: Array.from({ length: n }, (__, j) => similarity(i, j)),
    slot: i,
  }));
  while (groups.length > 1) {
    const [a, b] = mostAlike(groups);
    const members = joined(a.members, b.members, similarity);
    const [nA, nB] = [a.members.length, b.members.length];
    const alike = a.alike.map((value, slot) => (nA * value + nB * b.alike[slot]!) / (nA + nB));
    const merged = { members, alike, slot: a.slot };
    groups = groups.flatMap((group) => (group === a ? [merged] : group === b ? [] : [group]));
    for (const group of groups) group.alike[a.slot] = alike[group.slot]!;
  }
  return groups[0]?.members ?? [];
}

interface Group {
  readonly members: number[];
  /** Mean similarity to the members of each other group, by that group's slot. */
  readonly alike: number[];
  readonly slot: number;
}

function mostAlike(groups: readonly Group[]): readonly [Group, Group] {
  let best: readonly [Group, Group] = [groups[0]!, groups[1]!];
  let largest = -Infinity;
  groups.forEach((a, index) => {
    for (let other = index + 1; other < groups.length; other++) {
      const b = groups[other]!;
      const value = a.alike[b.slot]!;
      if (value > largest) [best, largest] = [[a, b], value];
    }
  });
  return best;
}

function joined(
  a: readonly number[],
  b: readonly number[],
  similarity: (i: number, j: number) => number,
): number[] {
  const [turnedA, turnedB] = [a.toReversed(), b.toReversed()];
  const ways = [
    [a, b],
    [a, turnedB],
    [turnedA, b],
    [turnedA, turnedB],
  ] as const;
  const meeting = ways.map(([left, right]) => similarity(left.at(-1)!, right[0]!));
  const [left, right] = ways[meeting.indexOf(Math.max(...meeting))]!;
  return [...left, ...right];
}
