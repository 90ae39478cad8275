import { middleX } from './proceduralFace.ts';
import type { Person } from './proceduralPeople.ts';
import type { Shot } from './proceduralShot.ts';
import { darker, hex, lighter, mix, svg } from './svgPaint.ts';

const sides = [-1, 1] as const;

export function drawEyes(p: Person, shot: Shot): string {
  return sides.map((s) => drawEye(p, shot, s)).join('');
}

function drawEye(p: Person, shot: Shot, s: 1 | -1): string {
  const x = middleX + s * p.eyeX + shot.turn * 0.7;
  const y = p.eyeY;
  const half = p.eyeHalf;
  // A smile lifts the cheeks, which narrows the eyes.
  const open = p.eyeOpen * (shot.smiling ? 0.84 : 1);
  const tilt = p.eyeTilt;
  const inner = x - s * half;
  const outer = x + s * half;
  const almond = svg`M${inner} ${y + 1}Q${x - s * 1.5} ${y - open * 2} ${outer} ${y - tilt}Q${x + s} ${y + open * 1.7} ${inner} ${y + 1}Z`;
  const upper = svg`M${inner} ${y + 1}Q${x - s * 1.5} ${y - open * 2} ${outer + s * 0.8} ${y - tilt}`;
  const crease = svg`M${inner + s} ${y - 2}Q${x - s} ${y - open * 2 - 4} ${outer + s} ${y - tilt - 2.6}`;
  const iris = Math.min(4.9, open * 1.16);
  const look = x + shot.gaze * 0.55;
  const lid = hex(darker(p.skin, 0.42));
  const lashes = p.male
    ? ''
    : svg`<path d="M${outer - s} ${y - tilt - 0.6}L${outer + s * 3.6} ${y - tilt - 3.4}" stroke="#1c1214" stroke-width="1.6" stroke-linecap="round"/>`;
  return [
    svg`<ellipse cx="${x}" cy="${y}" rx="${half + 3.5}" ry="${open + 4.6}" fill="${lid}" opacity="0.22"/>`,
    svg`<clipPath id="eye${s}"><path d="${almond}"/></clipPath>`,
    `<path d="${almond}" fill="#f6f3ee"/>`,
    svg`<g clip-path="url(#eye${s})"><circle cx="${look}" cy="${y - 0.4}" r="${iris}" fill="${hex(p.iris)}"/>`,
    svg`<circle cx="${look}" cy="${y - 0.4}" r="${iris * 0.48}" fill="#0c0a0c"/>`,
    svg`<circle cx="${look + shot.lightSide * 1.3}" cy="${y - 1.8}" r="1" fill="#ffffff"/></g>`,
    svg`<path d="${upper}" fill="none" stroke="#241618" stroke-width="${p.male ? 1.5 : 2.3}" stroke-linecap="round"/>`,
    `<path d="${crease}" fill="none" stroke="${lid}" stroke-width="1" opacity="0.7"/>`,
    lashes,
  ].join('');
}

export function drawBrows(p: Person, shot: Shot): string {
  const color = hex(
    p.hairColor === 'blond' || p.hairColor === 'red' ? darker(p.hair, 0.38) : darker(p.hair, 0.12),
  );
  return sides
    .map((s) => {
      const x = middleX + s * p.eyeX + shot.turn * 0.6;
      const y = p.eyeY - p.browY;
      const inner = x - s * (p.eyeHalf + 0.8);
      const outer = x + s * (p.eyeHalf + 4);
      const peak = x + s * 3;
      const slant = p.browSlant;
      const t = p.browThick / 2;
      return svg`<path d="M${inner} ${y + slant - t}Q${peak} ${y - p.browArch * 2 - t} ${outer} ${y - slant * 0.4 + 1.6}Q${peak} ${y - p.browArch * 2 + t * 1.3} ${inner + s * 0.5} ${y + slant + t}Z" fill="${color}" stroke="${color}" stroke-width="0.9" stroke-linejoin="round" opacity="0.92"/>`;
    })
    .join('');
}

export function drawNose(p: Person, shot: Shot): string {
  const x = middleX + shot.turn * 1.5;
  const y = p.noseY;
  const w = p.noseHalf;
  const dark = hex(darker(p.skin, 0.36));
  const s = -shot.lightSide;
  const bridge = middleX + shot.turn * 0.8;
  return [
    // The bridge throws its shadow away from the light.
    svg`<path d="M${bridge + s * 3} ${p.eyeY - 4}Q${bridge + s * 3.4} ${y - 10} ${x + s * w} ${y}Q${x + s * w * 0.6} ${y + 3} ${x} ${y + 3}L${x} ${y - 6}Z" fill="${dark}" opacity="${0.16 + shot.lightStrength * 0.35}"/>`,
    svg`<ellipse cx="${x}" cy="${y - 1}" rx="${w * 0.55}" ry="4" fill="${hex(lighter(p.skin, 0.22))}" opacity="0.6"/>`,
    svg`<path d="M${x - w} ${y - 3}Q${x - w - 2.2} ${y + 3.4} ${x - w * 0.55} ${y + 3.6}Q${x} ${y + 6.2} ${x + w * 0.55} ${y + 3.6}Q${x + w + 2.2} ${y + 3.4} ${x + w} ${y - 3}" fill="none" stroke="${dark}" stroke-width="1.5" stroke-linecap="round"/>`,
    ...sides.map(
      (side) =>
        svg`<ellipse cx="${x + side * w * 0.46}" cy="${y + 3}" rx="${w * 0.24}" ry="1.2" fill="${hex(darker(p.skin, 0.66))}"/>`,
    ),
  ].join('');
}

export function drawMouth(p: Person, shot: Shot): string {
  const x = middleX + shot.turn;
  const half = p.mouthHalf + Math.max(0, shot.smile) * 3;
  const y = p.mouthY + Math.max(0, shot.smile);
  // Corners level with the middle would look sad under the bow of the upper lip.
  const corner = y - 1.3 - shot.smile * 3.6;
  const gap = shot.mouthOpen;
  const t = p.lipThick;
  const lips = shot.lipstick ? shot.lipstickColor : mix(darker(p.skin, 0.14), [178, 74, 72], 0.42);
  const l = x - half;
  const r = x + half;
  // Both edges of the gap bend with the smile; the lower one falls by the gap as well.
  const upperEdge = y - gap * 0.25 + shot.smile * 1.6;
  const lowerEdge = upperEdge + gap;
  const bend = shot.smile * 2;
  const dark = hex(darker(lips, 0.5));
  const teeth =
    gap > 0
      ? svg`<path d="M${l} ${corner}Q${x} ${upperEdge + bend} ${r} ${corner}Q${x} ${lowerEdge + bend + gap * 0.9} ${l} ${corner}Z" fill="#4a1218"/>` +
        svg`<path d="M${l + 2.5} ${corner + 0.6}Q${x} ${upperEdge + bend} ${r - 2.5} ${corner + 0.6}Q${x} ${upperEdge + bend + gap * 0.95} ${l + 2.5} ${corner + 0.6}Z" fill="#f4f0e8"/>`
      : '';
  const smileLines =
    shot.smile > 0.3
      ? sides
          .map((s) => {
            const cx = x + s * (half + 3.5);
            return svg`<path d="M${cx - s * 5} ${p.noseY + 2}Q${cx + s * 3.5} ${p.noseY + 8} ${cx} ${corner + 4}" fill="none" stroke="${hex(darker(p.skin, 0.4))}" stroke-width="1.3" stroke-linecap="round" opacity="0.6"/>`;
          })
          .join('')
      : '';
  return [
    smileLines,
    teeth,
    svg`<path d="M${l} ${corner}Q${x - half * 0.45} ${upperEdge - t * 1.2} ${x - 3.5} ${upperEdge - t}Q${x} ${upperEdge - t * 0.55} ${x + 3.5} ${upperEdge - t}Q${x + half * 0.45} ${upperEdge - t * 1.2} ${r} ${corner}Q${x} ${upperEdge + bend} ${l} ${corner}Z" fill="${hex(darker(lips, 0.14))}"/>`,
    svg`<path d="M${l} ${corner}Q${x} ${lowerEdge + bend + gap * 0.8} ${r} ${corner}Q${x} ${lowerEdge + bend + gap * 0.8 + t * 2.9} ${l} ${corner}Z" fill="${hex(lips)}"/>`,
    svg`<path d="M${l} ${corner}Q${x} ${upperEdge + bend} ${r} ${corner}" fill="none" stroke="${dark}" stroke-width="1.1" stroke-linecap="round"/>`,
    svg`<ellipse cx="${x}" cy="${lowerEdge + bend / 2 + t * 2.6 + 3.5}" rx="${half * 0.5}" ry="2" fill="${hex(darker(p.skin, 0.4))}" opacity="0.32"/>`,
  ].join('');
}

/** Forehead lines, bags under the eyes and folds beside the nose of those who are not young. */
export function drawWrinkles(p: Person, shot: Shot): string {
  if (p.young) return '';
  const line = `fill="none" stroke="${hex(darker(p.skin, 0.46))}" stroke-linecap="round"`;
  const x = middleX + shot.turn * 0.5;
  const forehead = [0, 1, 2].map((i) => {
    const y = p.hairlineY + 6 + i * 4.6;
    const half = 20 - i * 2;
    return svg`<path d="M${x - half} ${y + 1}Q${x} ${y - 2} ${x + half} ${y + 1}" ${line} stroke-width="1.1" opacity="0.55"/>`;
  });
  const sidesLines = sides.map((s) => {
    const eye = x + s * p.eyeX;
    const fold = x + s * (p.noseHalf + 3);
    return (
      svg`<path d="M${eye - s * 8} ${p.eyeY + 7}Q${eye} ${p.eyeY + 12} ${eye + s * 9} ${p.eyeY + 6}" ${line} stroke-width="1.3" opacity="0.55"/>` +
      svg`<path d="M${fold} ${p.noseY - 1}Q${fold + s * 8} ${p.noseY + 7} ${fold + s * 8} ${p.mouthY + 4}" ${line} stroke-width="1.5" opacity="0.55"/>` +
      svg`<path d="M${eye + s * 12} ${p.eyeY - 2}l${s * 5} -3M${eye + s * 12.5} ${p.eyeY + 1}l${s * 5} 1" ${line} stroke-width="1" opacity="0.5"/>`
    );
  });
  return [...forehead, ...sidesLines].join('');
}
