/** For each circle the first place whose box is inside and meets no circle and no name before it, or none. */
export function placeLabels(
  circles: readonly LabelledCircle[],
  width: number,
  height: number,
): (Box | null)[] {
  const taken: Box[] = circles.map(({ x, y, radius }) =>
    boxAt(x - radius, y - radius, 2 * radius, 2 * radius),
  );
  return circles.map((circle) => {
    const { x, y, radius } = circle;
    const [w, h] = [circle.width, circle.height];
    const box = [
      boxAt(x + radius + gapPx, y - h / 2, w, h),
      boxAt(x - radius - gapPx - w, y - h / 2, w, h),
      boxAt(x - w / 2, y - radius - h, w, h),
      boxAt(x - w / 2, y + radius, w, h),
    ].find(
      (one) =>
        one.left >= 0 &&
        one.right <= width &&
        one.top >= 0 &&
        one.bottom <= height &&
        !taken.some((other) => overlap(one, other)),
    );
    if (box) taken.push(box);
    return box ?? null;
  });
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface LabelledCircle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Of the name. */
  readonly width: number;
  readonly height: number;
}

const gapPx = 4;

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
