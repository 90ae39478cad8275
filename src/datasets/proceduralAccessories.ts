import { middleX } from './proceduralFace.ts';
import type { GlassesShape, Person } from './proceduralPeople.ts';
import type { Shot } from './proceduralShot.ts';
import { darker, hex, lighter, svg } from './svgPaint.ts';

const sides = [-1, 1] as const;

/** Half width, half height and corner radius of a lens. */
const lensShapes = {
  round: { rx: 14, ry: 13.5, corner: 13.5 },
  square: { rx: 15.5, ry: 11.5, corner: 3 },
  oval: { rx: 15.5, ry: 10.5, corner: 10 },
} as const satisfies Record<GlassesShape, object>;

export function drawGlasses(p: Person, shot: Shot): string {
  if (!shot.eyeglasses) return '';
  const frame = hex(p.glassesColor);
  const y = p.eyeY + 1.5;
  const middle = middleX + shot.turn * 0.8;
  const { rx, ry, corner } = lensShapes[p.glassesShape];
  const lenses = sides.map((s) => {
    const x = middle + s * (p.eyeX + 0.5);
    const hinge = x + s * rx;
    return [
      svg`<rect x="${x - rx}" y="${y - ry}" width="${2 * rx}" height="${2 * ry}" rx="${corner}" fill="#dcecf6" fill-opacity="0.16" stroke="${frame}" stroke-width="2.6"/>`,
      svg`<path d="M${x - rx * 0.5} ${y + ry * 0.35}L${x + rx * 0.1} ${y - ry * 0.6}" stroke="#ffffff" stroke-width="2" opacity="0.4" stroke-linecap="round"/>`,
      svg`<path d="M${hinge} ${y - 3}L${middleX + s * (p.faceHalf + 2)} ${y - 1}" stroke="${frame}" stroke-width="2.6"/>`,
    ].join('');
  });
  const bridge = p.eyeX + 0.5 - rx;
  return `${lenses.join('')}${svg`<path d="M${middle - bridge} ${y - 2}Q${middle} ${y - 6} ${middle + bridge} ${y - 2}" fill="none" stroke="${frame}" stroke-width="2.6"/>`}`;
}

export function drawEarrings(p: Person, shot: Shot): string {
  if (!shot.earrings) return '';
  return sides
    .map(
      (s) =>
        svg`<circle cx="${middleX + s * (p.faceHalf + 3)}" cy="${134 + p.earSize * 4}" r="4" fill="#f4d488" stroke="#a87a22" stroke-width="1.2"/>`,
    )
    .join('');
}

export function drawHat(p: Person, shot: Shot): string {
  const w = p.faceHalf + 6;
  const top = p.skullY - 14;
  const fill = hex(shot.hatColor);
  const dark = hex(darker(shot.hatColor, 0.34));
  const light = hex(lighter(shot.hatColor, 0.2));
  const dome = (base: number, wide: number) =>
    svg`<path d="M${middleX - wide} ${base}C${middleX - wide} ${top + 8} ${middleX - wide * 0.6} ${top} ${middleX} ${top}S${middleX + wide} ${top + 8} ${middleX + wide} ${base}Z" fill="${fill}"/>`;
  switch (shot.hat) {
    case 'none':
      return '';
    case 'beanie':
      return [
        dome(90, w),
        svg`<rect x="${middleX - w - 1}" y="77" width="${2 * w + 2}" height="15" rx="6" fill="${dark}"/>`,
        ...[-0.6, -0.3, 0, 0.3, 0.6].map(
          (share) =>
            svg`<path d="M${middleX + share * w} 78v12" stroke="${light}" stroke-width="1.2" opacity="0.5"/>`,
        ),
        svg`<circle cx="${middleX}" cy="${top - 3}" r="6.5" fill="${light}"/>`,
      ].join('');
    case 'cap':
      return [
        dome(86, w),
        svg`<path d="M${middleX - w + 2} 84Q${middleX} 70 ${middleX + w - 2} 84Q${middleX + w + 4} 92 ${middleX + w * 0.7} 94Q${middleX} 82 ${middleX - w * 0.7} 94Q${middleX - w - 4} 92 ${middleX - w + 2} 84Z" fill="${dark}"/>`,
        svg`<path d="M${middleX} ${top}V76" stroke="${dark}" stroke-width="1.2" opacity="0.7"/>`,
        svg`<circle cx="${middleX}" cy="${top}" r="2.4" fill="${dark}"/>`,
      ].join('');
    case 'brim':
      return [
        svg`<path d="M${middleX - w * 0.84} 84L${middleX - w * 0.74} ${top + 2}Q${middleX} ${top - 8} ${middleX + w * 0.74} ${top + 2}L${middleX + w * 0.84} 84Z" fill="${fill}"/>`,
        svg`<path d="M${middleX - w * 0.84} 84L${middleX - w * 0.8} 71Q${middleX} 64 ${middleX + w * 0.8} 71L${middleX + w * 0.84} 84Z" fill="${dark}"/>`,
        svg`<ellipse cx="${middleX}" cy="84" rx="${w + 20}" ry="9" fill="${fill}"/>`,
        svg`<path d="M${middleX - w - 20} 84Q${middleX} 102 ${middleX + w + 20} 84" fill="none" stroke="${dark}" stroke-width="2" opacity="0.7"/>`,
      ].join('');
  }
}
