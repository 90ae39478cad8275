import { middleX } from './proceduralFace.ts';
import type { HairStyle, Person } from './proceduralPeople.ts';
import type { Shot } from './proceduralShot.ts';
import { darker, hex, lighter, svg } from './svgPaint.ts';

/** Hair behind the head and on the shoulders. */
export function drawBackHair(p: Person, shot: Shot): string {
  const fill = hex(darker(p.hair, 0.22));
  const v = p.hairVolume;
  switch (p.hairStyle) {
    case 'long':
      return curtain(p, fill, v + 3, 214);
    case 'wavy':
      return curtain(p, fill, v + 5, 200) + waves(p, fill, v + 5);
    case 'bob':
      return curtain(p, fill, v + 4, 166);
    case 'bun':
      return shot.hat === 'none'
        ? svg`<circle cx="${middleX}" cy="${p.skullY - 15}" r="${12 + v * 0.5}" fill="url(#hair)"/>`
        : '';
    case 'afro':
      return afro(p, fill, shot.hat !== 'none');
    case 'crop':
    case 'sidePart':
    case 'curls':
    case 'receding':
    case 'bald':
      return '';
  }
}

/** A sheet of hair from the crown down to `bottom`. */
function curtain(p: Person, fill: string, volume: number, bottom: number): string {
  const w = p.faceHalf + volume;
  const top = p.skullY - volume * 0.8;
  return svg`<path d="M${middleX} ${top}C${middleX - w * 0.9} ${top} ${middleX - w} 84 ${middleX - w} 112L${middleX - w - 2} ${bottom - 8}Q${middleX - w + 8} ${bottom + 4} ${middleX - w * 0.5} ${bottom}L${middleX + w * 0.5} ${bottom}Q${middleX + w - 8} ${bottom + 4} ${middleX + w + 2} ${bottom - 8}L${middleX + w} 112C${middleX + w} 84 ${middleX + w * 0.9} ${top} ${middleX} ${top}Z" fill="${fill}"/>`;
}

function waves(p: Person, fill: string, volume: number): string {
  const w = p.faceHalf + volume;
  return [0, 1, 2, 3, 4, 5]
    .flatMap((i) =>
      [-1, 1].map(
        (s) =>
          svg`<circle cx="${middleX + s * (w - 3 + (i % 2) * 2)}" cy="${98 + i * 19}" r="${10 + (i % 2) * 2}" fill="${fill}"/>`,
      ),
    )
    .join('');
}

function afro(p: Person, fill: string, underHat: boolean): string {
  const radius = p.faceHalf + 9 + p.hairVolume * 0.5;
  const n = 22;
  const puffs = Array.from({ length: n }, (_, i) => {
    const angle = Math.PI * (0.86 + (1.28 * i) / (n - 1));
    const x = middleX + radius * Math.cos(angle);
    const y = 94 + radius * 0.86 * Math.sin(angle);
    return underHat && y < 84 ? '' : svg`<circle cx="${x}" cy="${y}" r="9.5" fill="${fill}"/>`;
  });
  return underHat
    ? puffs.join('')
    : svg`<ellipse cx="${middleX}" cy="94" rx="${radius}" ry="${radius * 0.9}" fill="${fill}"/>` +
        puffs.join('');
}

const sideburnY = {
  crop: 118,
  sidePart: 116,
  curls: 116,
  receding: 120,
  bald: 0,
  long: 160,
  wavy: 156,
  bob: 158,
  bun: 112,
  afro: 116,
} as const satisfies Record<HairStyle, number>;

/** Hair on the crown and the forehead. */
export function drawFrontHair(p: Person, shot: Shot): string {
  if (p.hairStyle === 'bald') return baldShine(p, shot);
  if (p.hairStyle === 'receding') return recedingHair(p);
  const volume = shot.hat === 'none' ? p.hairVolume * (p.hairStyle === 'crop' ? 0.6 : 1) : 2;
  const outline = cap(p, volume);
  const curls = p.hairStyle === 'curls' || p.hairStyle === 'afro' ? curlRow(p, volume) : '';
  return `<path d="${outline}" fill="url(#hair)"/>${curls}${p.bangs ? fringe(p) : ''}${curls === '' ? strands(p, volume) : ''}`;
}

/** From the left sideburn over the crown to the right one, and back along the hairline. */
function cap(p: Person, volume: number): string {
  const w = p.faceHalf;
  const bottom = sideburnY[p.hairStyle];
  const long = bottom > 140;
  const out = w + (long ? Math.max(volume, 5) + 4 : volume * 0.35 + 1);
  const inner = w - (long ? 5 : 3.5);
  const top = p.skullY - volume;
  const line = p.hairlineY;
  const part = middleX + p.partSide * (p.hairStyle === 'sidePart' ? 20 : p.hairStyle === 'bun' ? 0 : 9);
  const x = (dx: number) => middleX + dx;
  const end = long ? w - 3 : inner + 1.5;
  return svg`M${x(-out)} ${bottom}C${x(-out - 2)} ${p.skullY + 26} ${x(-out * 0.86)} ${top} ${x(0)} ${top}S${x(out + 2)} ${p.skullY + 26} ${x(out)} ${bottom}L${x(end)} ${bottom + 2}C${x(inner - 1)} 112 ${x(inner)} 98 ${x(inner - 6)} ${line + 12}Q${part + 22} ${line + 1} ${part} ${line - 5}Q${part - 22} ${line + 1} ${x(6 - inner)} ${line + 12}C${x(-inner)} 98 ${x(1 - inner)} 112 ${x(-end)} ${bottom + 2}Z`;
}

function fringe(p: Person): string {
  const w = p.faceHalf - 5;
  const low = p.eyeY - p.browY - 4;
  const top = p.hairlineY - 8;
  return svg`<path d="M${middleX - w} ${low + 3}Q${middleX - w} ${top} ${middleX} ${top - 6}Q${middleX + w} ${top} ${middleX + w} ${low + 3}Q${middleX + w * 0.75} ${low - 5} ${middleX + w * 0.5} ${low}Q${middleX + w * 0.25} ${low - 6} ${middleX} ${low - 1}Q${middleX - w * 0.25} ${low - 6} ${middleX - w * 0.5} ${low}Q${middleX - w * 0.75} ${low - 5} ${middleX - w} ${low + 3}Z" fill="${hex(p.hair)}"/>`;
}

function curlRow(p: Person, volume: number): string {
  const n = 13;
  return Array.from({ length: n }, (_, i) => {
    const angle = Math.PI * (1.02 + (0.96 * i) / (n - 1));
    const x = middleX + (p.faceHalf + volume * 0.2) * Math.cos(angle);
    const y = 100 + (100 - p.skullY + volume * 0.5) * Math.sin(angle);
    const fill = hex(i % 2 === 0 ? p.hair : lighter(p.hair, 0.035));
    return svg`<circle cx="${x}" cy="${y}" r="8.4" fill="${fill}"/><circle cx="${middleX + (x - middleX) * 0.72}" cy="${y + 8 + Math.abs(x - middleX) * 0.1}" r="7.4" fill="${fill}"/>`;
  }).join('');
}

function strands(p: Person, volume: number): string {
  const shine = hex(lighter(p.hair, 0.28));
  const top = p.skullY - volume;
  return [-0.62, -0.3, 0.3, 0.62]
    .map((share) => {
      const x = middleX + share * p.faceHalf;
      return svg`<path d="M${middleX + p.partSide * 8} ${top + 4}Q${x} ${top + 5} ${x + share * 20} ${p.hairlineY + 4}" fill="none" stroke="${shine}" stroke-width="1.4" opacity="0.4"/>`;
    })
    .join('');
}

function recedingHair(p: Person): string {
  return [-1, 1]
    .map((s) => {
      const x = (dx: number) => middleX + s * dx;
      const w = p.faceHalf;
      return svg`<path d="M${x(w + 2)} 120C${x(w + 7)} 96 ${x(w + 4)} 84 ${x(w * 0.87)} ${p.skullY + 16}Q${x(w * 0.84)} ${p.skullY + 30} ${x(w - 6)} 100L${x(w - 4)} 118Z" fill="url(#hair)"/>`;
    })
    .join('');
}

function baldShine(p: Person, shot: Shot): string {
  if (shot.hat !== 'none') return '';
  return svg`<ellipse cx="${middleX + shot.lightSide * 14}" cy="${p.skullY + 13}" rx="13" ry="6" fill="#ffffff" opacity="0.3" transform="rotate(${shot.lightSide * 18} ${middleX} ${p.skullY + 13})"/>`;
}

export function drawBeard(p: Person, shot: Shot): string {
  if (!shot.beard) return '';
  const fill = hex(darker(p.hair, 0.08));
  switch (p.beardStyle) {
    case 'full':
      return jawBeard(p, fill, 0.94, 5) + moustache(p, shot, fill, 0.95);
    case 'stubble':
      return jawBeard(p, fill, 0.42, 0) + moustache(p, shot, fill, 0.4);
    case 'goatee':
      return goatee(p, shot, fill) + moustache(p, shot, fill, 0.95);
    case 'moustache':
      return moustache(p, shot, fill, 0.97);
  }
}

/** Along the jaw from ear to ear; the mouth is drawn over it. */
function jawBeard(p: Person, fill: string, opacity: number, length: number): string {
  const x = (dx: number) => middleX + dx;
  const jaw = p.jawHalf + 0.5;
  const w = p.faceHalf - 0.5;
  const chin = p.chinY + length;
  const c = p.chinHalf * 1.45;
  return svg`<path d="M${x(-w)} 120C${x(-w)} 134 ${x(-jaw - 1)} 142 ${x(-jaw)} 154C${x(-jaw * 0.9)} ${168 + length} ${x(-c)} ${chin} ${x(0)} ${chin}S${x(jaw * 0.9)} ${168 + length} ${x(jaw)} 154C${x(jaw + 1)} 142 ${x(w)} 134 ${x(w)} 120L${x(w - 5)} 122C${x(w - 8)} 140 ${x(jaw - 6)} 145 ${x(p.mouthHalf + 5)} ${p.mouthY - 5}Q${x(0)} ${p.mouthY - 1} ${x(-p.mouthHalf - 5)} ${p.mouthY - 5}C${x(6 - jaw)} 145 ${x(8 - w)} 140 ${x(5 - w)} 122Z" fill="${fill}" opacity="${opacity}"/>`;
}

function goatee(p: Person, shot: Shot, fill: string): string {
  const x = middleX + shot.turn * 0.8;
  const w = p.mouthHalf * 0.8;
  return svg`<path d="M${x - w} ${p.mouthY + 4}Q${x - w - 1} ${p.chinY + 6} ${x} ${p.chinY + 6}Q${x + w + 1} ${p.chinY + 6} ${x + w} ${p.mouthY + 4}Q${x} ${p.mouthY + 10} ${x - w} ${p.mouthY + 4}Z" fill="${fill}" opacity="0.94"/>`;
}

function moustache(p: Person, shot: Shot, fill: string, opacity: number): string {
  const x = middleX + shot.turn;
  const half = p.mouthHalf + 3;
  const low = p.mouthY - shot.smile * 2.4;
  const top = p.noseY + 5;
  return svg`<path d="M${x - half} ${low + 3}Q${x - half * 0.7} ${top + 1} ${x} ${top}Q${x + half * 0.7} ${top + 1} ${x + half} ${low + 3}Q${x + half * 0.5} ${p.mouthY - 3} ${x} ${p.mouthY - 2.6}Q${x - half * 0.5} ${p.mouthY - 3} ${x - half} ${low + 3}Z" fill="${fill}" opacity="${opacity}"/>`;
}
