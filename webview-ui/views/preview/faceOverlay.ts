import type { PreviewedImage } from '../../../src/protocol/jobs.ts';
import { svgElement } from '../../svg.ts';

/**
 * Boxes and landmarks in the coordinates of the image at full size; strokes keep their width on the screen however
 * large the image is. Each is drawn twice, a dark line under a bright one, so that it shows on any picture.
 */
export function faceOverlay({ width, height, faces }: PreviewedImage): SVGSVGElement {
  const root = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
    class: 'faces',
  });
  // Chosen ones last, on top.
  const ordered = [...faces].sort((a, b) => Number(a.chosen) - Number(b.chosen));
  for (const { box, landmarks, chosen } of ordered) {
    const kind = chosen ? 'chosen' : 'other';
    const box4 = box && [box.x, box.y, box.width, box.height].every(Number.isFinite) ? box : null;
    for (const layer of ['under', 'over']) {
      if (box4) root.append(boxNode(box4, `box ${kind} ${layer}`));
      if (landmarks) root.append(svgElement('path', { d: dots(landmarks), class: `marks ${kind} ${layer}` }));
    }
  }
  return root;
}

function boxNode(box: { x: number; y: number; width: number; height: number }, className: string) {
  return svgElement('rect', {
    x: String(box.x),
    y: String(box.y),
    width: String(Math.max(0, box.width)),
    height: String(Math.max(0, box.height)),
    class: className,
  });
}

/** Lines of no length, which round caps turn into dots of a size of the screen. */
function dots(landmarks: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < landmarks.length; i += 2) {
    const [x, y] = [landmarks[i]!, landmarks[i + 1]!];
    if (Number.isFinite(x) && Number.isFinite(y)) parts.push(`M${x} ${y}h0`);
  }
  return parts.join('');
}
