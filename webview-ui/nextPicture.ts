/** Of a picture in the page, CSS pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a key goes from picture `current`; `null` where it means nothing. */
export function nextPicture(key: string, current: number, places: readonly Place[]): number | null {
  const last = places.length - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, current + 1);
    case 'ArrowLeft':
      return Math.max(0, current - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowDown':
      return inNextLine(current, places, 1);
    case 'ArrowUp':
      return inNextLine(current, places, -1);
    default:
      return null;
  }
}

/** Lines are told by their upper edges, half a pixel apart at least. */
function inNextLine(current: number, places: readonly Place[], direction: 1 | -1): number {
  const from = places[current]!;
  const below = places.map(({ y }) => (y - from.y) * direction);
  const line = Math.min(...below.filter((distance) => distance > 0.5));
  let nearest = current;
  let least = Infinity;
  places.forEach(({ x }, i) => {
    if (Math.abs(below[i]! - line) > 0.5) return;
    const aside = Math.abs(x - from.x);
    if (aside < least) [nearest, least] = [i, aside];
  });
  return nearest;
}
