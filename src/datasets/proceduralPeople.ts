import { SeededRandom } from '../numerics/random.ts';
import { mix, type Rgb } from './svgPaint.ts';

export const hairStyles = [
  'crop',
  'sidePart',
  'curls',
  'receding',
  'bald',
  'long',
  'wavy',
  'bob',
  'bun',
  'afro',
] as const;
export type HairStyle = (typeof hairStyles)[number];
export type HairColor = 'black' | 'brown' | 'blond' | 'gray' | 'red';
export type BeardStyle = 'full' | 'goatee' | 'stubble' | 'moustache';
export type GlassesShape = 'round' | 'square' | 'oval';

/** What stays the same in all pictures of a person. Lengths in pixels of a 178 × 218 picture. */
export interface Person {
  readonly male: boolean;
  readonly young: boolean;
  /** 0 pale .. 1 dark. */
  readonly skinDepth: number;
  readonly skin: Rgb;
  readonly iris: Rgb;
  readonly hairColor: HairColor;
  readonly hair: Rgb;
  readonly hairStyle: HairStyle;
  readonly bangs: boolean;
  readonly hairVolume: number;
  readonly partSide: 1 | -1;
  /** Half widths of the face at the temples, the jaw and the chin. */
  readonly faceHalf: number;
  readonly jawHalf: number;
  readonly chinHalf: number;
  readonly chinY: number;
  readonly skullY: number;
  readonly hairlineY: number;
  readonly neckHalf: number;
  /** Half the distance between the pupils. */
  readonly eyeX: number;
  readonly eyeY: number;
  readonly eyeHalf: number;
  readonly eyeOpen: number;
  readonly eyeTilt: number;
  readonly browY: number;
  readonly browThick: number;
  readonly browArch: number;
  readonly browSlant: number;
  readonly noseHalf: number;
  readonly noseY: number;
  readonly mouthHalf: number;
  readonly mouthY: number;
  readonly lipThick: number;
  readonly earSize: number;
  readonly moles: readonly (readonly [number, number])[];
  readonly beardStyle: BeardStyle;
  readonly glassesShape: GlassesShape;
  readonly glassesColor: Rgb;
  /** Chance of each in one picture. */
  readonly habits: {
    readonly beard: number;
    readonly glasses: number;
    readonly hat: number;
    readonly smile: number;
    readonly lipstick: number;
    readonly earrings: number;
  };
}

/** Person number `index` of the world `seed`: the same however many others are drawn. */
export function drawPerson(seed: number, index: number): Person {
  const random = new SeededRandom(seed).fork(`person ${index}`);
  const male = random.nextFloat() < 0.5;
  const young = random.nextFloat() < 0.66;
  const around = (mean: number, spread: number) => mean + spread * clamped(random);
  const skinDepth = random.nextFloat();
  const hairColor = drawHairColor(random, young, skinDepth);
  const hairStyle = pick(random, male ? (young ? youngMen : oldMen) : women);
  const faceHalf = around(male ? 46.5 : 44.5, 3);
  const skullY = around(58, 2.5);
  return {
    male,
    young,
    skinDepth,
    skin: skinColor(skinDepth, random),
    iris: pick(random, skinDepth > 0.55 ? irises.slice(0, 2) : irises),
    hairColor,
    hair: pick(random, hairColors[hairColor]),
    hairStyle,
    bangs: hairStyle !== 'bald' && hairStyle !== 'receding' && random.nextFloat() < (male ? 0.12 : 0.4),
    hairVolume: around(8, 2.5),
    partSide: random.nextFloat() < 0.5 ? 1 : -1,
    faceHalf,
    jawHalf: faceHalf * around(male ? 0.84 : 0.74, 0.04),
    chinHalf: around(male ? 17 : 11.5, 2.6),
    chinY: around(male ? 184 : 180, 3.8),
    skullY,
    hairlineY: skullY + around(male ? 20 : 22, 3),
    neckHalf: around(male ? 29 : 22, 2),
    eyeX: around(19.5, 1.5),
    eyeY: around(111, 1.2),
    eyeHalf: around(male ? 8.2 : 9.2, 0.8),
    eyeOpen: around(male ? 3.6 : 4.4, 0.75),
    eyeTilt: around(male ? 0 : 0.7, 1),
    browY: around(male ? 12.2 : 14.2, 1.7),
    browThick: Math.max(1.3, around(male ? 4.2 : 2.5, 1)),
    browArch: around(male ? 1.6 : 3, 1.4),
    browSlant: around(0, 1.5),
    noseHalf: around(male ? 9 : 7.6, 1.6),
    noseY: around(137, 2),
    mouthHalf: around(16.5, 1.9),
    mouthY: around(152, 1.4),
    lipThick: Math.max(1.8, around(male ? 3 : 4, 0.95)),
    earSize: around(1, 0.16),
    moles: drawMoles(random),
    beardStyle: pick(random, ['full', 'full', 'goatee', 'stubble', 'moustache'] as const),
    glassesShape: pick(random, ['round', 'square', 'oval'] as const),
    glassesColor: pick(random, frames),
    habits: {
      beard: male && random.nextFloat() < 0.5 ? 0.88 : 0,
      glasses: random.nextFloat() < (young ? 0.3 : 0.5) ? 0.8 : 0.06,
      hat: random.nextFloat() < 0.2 ? 0.55 : 0.1,
      smile: 0.25 + 0.5 * random.nextFloat(),
      lipstick: male ? 0 : random.nextFloat() < 0.65 ? 0.75 : 0.1,
      earrings: male ? 0.03 : random.nextFloat() < 0.6 ? 0.75 : 0.1,
    },
  };
}

const youngMen = [
  'crop',
  'crop',
  'crop',
  'sidePart',
  'sidePart',
  'curls',
  'afro',
  'long',
  'bald',
  'receding',
] as const;
const oldMen = [
  'crop',
  'sidePart',
  'sidePart',
  'receding',
  'receding',
  'receding',
  'curls',
  'bald',
  'bald',
] as const;
const women = ['long', 'long', 'wavy', 'wavy', 'bob', 'bob', 'bun', 'afro', 'curls', 'sidePart'] as const;

const hairColors: Readonly<Record<HairColor, readonly Rgb[]>> = {
  black: [
    [28, 24, 26],
    [38, 30, 30],
  ],
  brown: [
    [82, 52, 32],
    [104, 68, 42],
    [66, 40, 26],
  ],
  blond: [
    [222, 186, 112],
    [204, 162, 90],
    [236, 208, 144],
  ],
  gray: [
    [168, 168, 170],
    [206, 204, 200],
    [138, 136, 138],
  ],
  red: [
    [164, 74, 34],
    [186, 92, 44],
  ],
};

const irises: readonly Rgb[] = [
  [66, 40, 22],
  [96, 62, 32],
  [70, 112, 150],
  [92, 120, 74],
  [110, 126, 136],
];

const frames: readonly Rgb[] = [
  [24, 24, 28],
  [90, 52, 28],
  [150, 30, 40],
  [36, 60, 110],
  [120, 122, 128],
];

const skinStops: readonly Rgb[] = [
  [252, 226, 208],
  [243, 205, 178],
  [226, 178, 142],
  [192, 138, 98],
  [142, 92, 62],
  [92, 58, 42],
];

function skinColor(depth: number, random: SeededRandom): Rgb {
  const position = depth * (skinStops.length - 1);
  const stop = Math.min(Math.floor(position), skinStops.length - 2);
  const warmth = 5 * clamped(random);
  const [red, green, blue] = mix(skinStops[stop]!, skinStops[stop + 1]!, position - stop);
  return [red + warmth, green, blue - warmth];
}

function drawHairColor(random: SeededRandom, young: boolean, skinDepth: number): HairColor {
  if (random.nextFloat() < (young ? 0.02 : 0.55)) return 'gray';
  if (skinDepth > 0.6) return random.nextFloat() < 0.85 ? 'black' : 'brown';
  const draw = random.nextFloat();
  return draw < 0.27 ? 'black' : draw < 0.58 ? 'brown' : draw < 0.9 ? 'blond' : 'red';
}

function drawMoles(random: SeededRandom): readonly (readonly [number, number])[] {
  const n = random.nextFloat() < 0.6 ? 0 : 1 + random.nextInt(2);
  return Array.from({ length: n }, () => [
    (random.nextFloat() < 0.5 ? -1 : 1) * (18 + 12 * random.nextFloat()),
    124 + 40 * random.nextFloat(),
  ]);
}

/** A normal number within two standard deviations, so that no face falls apart. */
function clamped(random: SeededRandom): number {
  return Math.max(-2, Math.min(2, random.nextNormal()));
}

export function pick<T>(random: SeededRandom, options: readonly T[]): T {
  return options[random.nextInt(options.length)]!;
}
