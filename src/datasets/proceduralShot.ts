import { SeededRandom } from '../numerics/random.ts';
import { type Person, pick } from './proceduralPeople.ts';
import type { Rgb } from './svgPaint.ts';

/** What differs between pictures of one person. */
export interface Shot {
  readonly eyeglasses: boolean;
  readonly beard: boolean;
  readonly smiling: boolean;
  /** −1 corners down .. 1 a broad smile. */
  readonly smile: number;
  /** Gap between the lips, pixels; 0 closed. */
  readonly mouthOpen: number;
  readonly hat: 'none' | 'cap' | 'beanie' | 'brim';
  readonly hatColor: Rgb;
  readonly lipstick: boolean;
  readonly lipstickColor: Rgb;
  readonly earrings: boolean;
  /** Degrees; negative tilts the crown to the left of the picture. */
  readonly rollDegrees: number;
  /** Pixels by which the middle of the face moves sideways, as when the head turns. */
  readonly turn: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly scale: number;
  readonly gaze: number;
  /** Where the light comes from: −1 left of the picture, 1 right. */
  readonly lightSide: 1 | -1;
  /** Opacity of the shadow on the other side, 0..1. */
  readonly lightStrength: number;
  /** Standard normal; above 0 brighter than the average picture. */
  readonly brightness: number;
  readonly darkBackground: boolean;
  readonly background: Rgb;
  readonly clothes: Rgb;
  /** Seen nowhere in the picture: what an attribute looks like that no model can know. */
  readonly coin: boolean;
}

/** Picture number `image` of person number `index` of the world `seed`. */
export function drawShot(person: Person, seed: number, index: number, image: number): Shot {
  const random = new SeededRandom(seed).fork(`person ${index}, image ${image}`);
  const chance = (p: number) => random.nextFloat() < p;
  const normal = () => Math.max(-2.2, Math.min(2.2, random.nextNormal()));
  const { habits } = person;
  const smiling = chance(habits.smile);
  const smile = smiling ? 0.65 + 0.35 * random.nextFloat() : -0.12 + 0.3 * random.nextFloat();
  const mouthOpen = chance(smiling ? 0.6 : 0.15) ? 3 + 3.5 * random.nextFloat() : 0;
  const darkBackground = chance(0.5);
  return {
    eyeglasses: chance(habits.glasses),
    beard: chance(habits.beard),
    smiling,
    smile,
    mouthOpen,
    hat: chance(habits.hat) ? pick(random, ['cap', 'beanie', 'brim'] as const) : 'none',
    hatColor: pick(random, hatColors),
    lipstick: chance(habits.lipstick),
    lipstickColor: pick(random, lipsticks),
    earrings: chance(habits.earrings),
    rollDegrees: 4.5 * normal(),
    turn: 1.3 * normal(),
    shiftX: 0.9 * normal(),
    shiftY: 0.9 * normal(),
    scale: 1 + 0.015 * normal(),
    gaze: normal(),
    lightSide: chance(0.5) ? 1 : -1,
    lightStrength: 0.22 + 0.38 * random.nextFloat(),
    brightness: normal(),
    darkBackground,
    background: pick(random, darkBackground ? darkBackgrounds : lightBackgrounds),
    clothes: pick(random, clothes),
    coin: chance(0.5),
  };
}

const hatColors: readonly Rgb[] = [
  [178, 44, 48],
  [38, 62, 120],
  [52, 52, 58],
  [196, 160, 96],
  [46, 108, 82],
  [216, 214, 208],
  [120, 74, 136],
];

const lipsticks: readonly Rgb[] = [
  [196, 24, 48],
  [214, 62, 98],
  [150, 20, 58],
  [226, 84, 70],
];

const darkBackgrounds: readonly Rgb[] = [
  [44, 52, 66],
  [62, 48, 46],
  [38, 60, 56],
  [56, 46, 74],
  [34, 36, 40],
  [80, 66, 54],
];

const lightBackgrounds: readonly Rgb[] = [
  [206, 218, 230],
  [230, 222, 206],
  [198, 220, 204],
  [226, 208, 214],
  [236, 236, 236],
  [180, 204, 226],
];

const clothes: readonly Rgb[] = [
  [46, 66, 108],
  [132, 40, 48],
  [60, 60, 64],
  [222, 220, 214],
  [64, 112, 96],
  [188, 142, 72],
  [110, 84, 140],
  [28, 28, 34],
];
