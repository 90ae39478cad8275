/**
 * The names most like one that does not exist, the likest first: equal but for case and separators, holding it or
 * held by it, or a few letters away.
 */
export function nearNames(wanted: string, names: readonly string[], most = 3): string[] {
  const key = plain(wanted);
  return names
    .map((name) => ({ name, distance: distanceOf(key, plain(name)) }))
    .filter(({ distance }) => distance <= Math.ceil(key.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

function distanceOf(a: string, b: string): number {
  const letters = editDistance(a, b);
  const isPart = a.length >= 3 && b.length >= 3 && (a.includes(b) || b.includes(a));
  return isPart ? Math.min(letters, 1) : letters;
}

/** Letters to insert, delete or replace (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}
