import { drawEarrings, drawGlasses, drawHat } from './proceduralAccessories.ts';
import { drawBrows, drawEyes, drawMouth, drawNose, drawWrinkles } from './proceduralFeatures.ts';
import { drawBackHair, drawBeard, drawFrontHair } from './proceduralHair.ts';
import type { Person } from './proceduralPeople.ts';
import type { Shot } from './proceduralShot.ts';
import { darker, hex, lighter, mix, type Rgb, svg } from './svgPaint.ts';

/** Size of an aligned CelebA picture, pixels. */
export const faceWidth = 178;
export const faceHeight = 218;

/** Middle of the face: eyes near (69, 111) and (108, 111), mouth corners near (72, 152) and (105, 152). */
export const middleX = 88.5;

/** A drawn face as SVG text, without any letters, for these would depend on a machine's fonts. */
export function faceSvg(person: Person, shot: Shot): string {
  const head = svg`translate(${shot.shiftX} ${shot.shiftY}) rotate(${shot.rollDegrees} 88.5 150) translate(${middleX * (1 - shot.scale)} ${125 * (1 - shot.scale)}) scale(${String(shot.scale)})`;
  return [
    svg`<svg xmlns="http://www.w3.org/2000/svg" width="${faceWidth}" height="${faceHeight}" viewBox="0 0 ${faceWidth} ${faceHeight}">`,
    drawDefinitions(person, shot),
    `<rect width="178" height="218" fill="url(#background)"/>`,
    `<g transform="${head}">${drawBackHair(person, shot)}</g>`,
    drawBody(person, shot),
    `<g transform="${head}">`,
    drawEars(person),
    drawEarrings(person, shot),
    `<path d="${facePath(person)}" fill="url(#skin)"/>`,
    drawCheeks(person),
    drawWrinkles(person, shot),
    drawNose(person, shot),
    drawBeard(person, shot),
    drawMouth(person, shot),
    drawEyes(person, shot),
    drawBrows(person, shot),
    `<path d="${facePath(person)}" fill="url(#shade)"/>`,
    drawFrontHair(person, shot),
    drawGlasses(person, shot),
    drawHat(person, shot),
    '</g>',
    `<rect width="178" height="218" fill="url(#light)"/>`,
    drawExposure(shot),
    '</svg>',
  ].join('\n');
}

/** Outline of the face, from the left temple over the crown and around the chin. */
export function facePath(p: Person): string {
  const { faceHalf: w, jawHalf: jaw, chinHalf, chinY, skullY } = p;
  const side = (s: 1 | -1) => ({
    temple: middleX + s * w,
    jaw: middleX + s * jaw,
    crown: middleX + s * w * 0.64,
    low: middleX + s * jaw * 0.9,
    chin: middleX + s * chinHalf * 1.45,
  });
  const l = side(-1);
  const r = side(1);
  return svg`M${l.temple} 106C${l.temple} ${skullY + 14} ${l.crown} ${skullY} ${middleX} ${skullY}S${r.temple} ${skullY + 14} ${r.temple} 106C${r.temple} 128 ${r.jaw + 2} 140 ${r.jaw} 153C${r.low} 169 ${r.chin} ${chinY} ${middleX} ${chinY}S${l.low} 169 ${l.jaw} 153C${l.jaw - 2} 140 ${l.temple} 128 ${l.temple} 106Z`;
}

function drawDefinitions(p: Person, shot: Shot): string {
  const [lit, unlit] = shot.lightSide === -1 ? (['0', '1'] as const) : (['1', '0'] as const);
  const gradient = (id: string, stops: readonly (readonly [string, Rgb, number])[]) =>
    `<linearGradient id="${id}" x1="${lit}" y1="0.2" x2="${unlit}" y2="0.5">${stops.map(stop).join('')}</linearGradient>`;
  const white: Rgb = [255, 252, 240];
  const black: Rgb = [10, 4, 14];
  const s = shot.lightStrength;
  return [
    '<defs>',
    `<radialGradient id="background" cx="${shot.lightSide === -1 ? '0.25' : '0.75'}" cy="0.3" r="0.95">`,
    stop(['0', lighter(shot.background, 0.16), 1]),
    stop(['1', darker(shot.background, 0.2), 1]),
    '</radialGradient>',
    `<radialGradient id="skin" cx="0.5" cy="0.42" r="0.66">`,
    stop(['0', lighter(p.skin, 0.1), 1]),
    stop(['0.6', p.skin, 1]),
    stop(['1', darker(p.skin, 0.2), 1]),
    '</radialGradient>',
    gradient('shade', [
      ['0', white, s * 0.36],
      ['0.42', white, 0],
      ['0.42', black, 0],
      ['0.7', black, s * 0.34],
      ['1', black, s * 0.95],
    ]),
    gradient('light', [
      ['0', white, s * 0.14],
      ['0.4', black, 0],
      ['1', black, s * 0.42],
    ]),
    `<linearGradient id="hair" x1="0" y1="0" x2="0" y2="1">`,
    stop(['0', lighter(p.hair, 0.1), 1]),
    stop(['0.35', p.hair, 1]),
    stop(['1', darker(p.hair, 0.28), 1]),
    '</linearGradient>',
    '</defs>',
  ].join('');
}

function stop([offset, color, opacity]: readonly [string, Rgb, number]): string {
  return svg`<stop offset="${offset}" stop-color="${hex(color)}" stop-opacity="${opacity}"/>`;
}

function drawBody(p: Person, shot: Shot): string {
  const n = p.neckHalf;
  const x = middleX + shot.shiftX;
  const shoulder = p.male ? 84 : 70;
  const top = p.male ? 194 : 198;
  return [
    svg`<path d="M${x - n} 150L${x - n} 192Q${x - n - 3} 200 ${x - n - 12} 206L${x} 222L${x + n + 12} 206Q${x + n + 3} 200 ${x + n} 192L${x + n} 150Z" fill="${hex(darker(p.skin, 0.16))}"/>`,
    svg`<path d="M${x - n} 168Q${x} ${p.chinY + 22} ${x + n} 168L${x + n} 150L${x - n} 150Z" fill="${hex(darker(p.skin, 0.42))}" opacity="0.6"/>`,
    svg`<path d="M${x - shoulder} 222C${x - shoulder} ${top + 6} ${x - n - 26} ${top + 6} ${x - n - 3} ${top}Q${x} ${top + 26} ${x + n + 3} ${top}C${x + n + 26} ${top + 6} ${x + shoulder} ${top + 6} ${x + shoulder} 222Z" fill="${hex(shot.clothes)}"/>`,
    svg`<path d="M${x - n - 3} ${top}Q${x} ${top + 26} ${x + n + 3} ${top}" fill="none" stroke="${hex(darker(shot.clothes, 0.35))}" stroke-width="2"/>`,
  ].join('');
}

function drawEars(p: Person): string {
  return ([-1, 1] as const)
    .map((s) => {
      const x = middleX + s * (p.faceHalf + 1);
      const skin = darker(p.skin, 0.12);
      return (
        svg`<ellipse cx="${x}" cy="117" rx="${6 * p.earSize}" ry="${13 * p.earSize}" fill="${hex(skin)}"/>` +
        svg`<ellipse cx="${x + s}" cy="117" rx="${3 * p.earSize}" ry="${8 * p.earSize}" fill="${hex(darker(p.skin, 0.3))}" opacity="0.6"/>`
      );
    })
    .join('');
}

function drawCheeks(p: Person): string {
  const blush = hex(mix(p.skin, [214, 84, 76], 0.45));
  const cheeks = [-1, 1].map(
    (s) =>
      svg`<ellipse cx="${middleX + s * p.faceHalf * 0.58}" cy="136" rx="10" ry="7.5" fill="${blush}" opacity="${p.male ? 0.2 : 0.34}"/>`,
  );
  const moles = p.moles.map(
    ([x, y]) => svg`<circle cx="${middleX + x}" cy="${y}" r="1.4" fill="${hex(darker(p.skin, 0.6))}"/>`,
  );
  return [...cheeks, ...moles].join('');
}

/** Exposure of the whole picture, as a veil of white or black; white takes more of the contrast, so less of it. */
function drawExposure(shot: Shot): string {
  const bright = shot.brightness > 0;
  const opacity = 0.05 + Math.min(0.3, (bright ? 0.1 : 0.15) * Math.abs(shot.brightness));
  return svg`<rect width="178" height="218" fill="${bright ? '#ffffff' : '#000000'}" opacity="${opacity}"/>`;
}
