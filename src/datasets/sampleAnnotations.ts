import { drawPerson, type HairColor, type Person } from './proceduralPeople.ts';
import { drawShot, type Shot } from './proceduralShot.ts';

/** One picture of the procedural sample, before it is drawn. */
export interface SamplePicture {
  /** `000001.jpg`… */
  readonly fileName: string;
  /** From 0. */
  readonly identity: number;
  readonly person: Person;
  readonly shot: Shot;
}

/** Identity after identity, so that a smaller sample of the same seed is the beginning of a larger one. */
export function samplePictures(
  seed: number,
  nIdentities: number,
  imagesPerIdentity: number,
): readonly SamplePicture[] {
  return Array.from({ length: nIdentities }, (_, identity) => {
    const person = drawPerson(seed, identity);
    return Array.from({ length: imagesPerIdentity }, (_, image) => ({
      fileName: `${String(identity * imagesPerIdentity + image + 1).padStart(6, '0')}.jpg`,
      identity,
      person,
      shot: drawShot(person, seed, identity, image),
    }));
  }).flat();
}

/** The attributes of a picture; CelebA's names where CelebA has them. */
export const sampleAttributes = {
  Bald: (p) => p.hairStyle === 'bald',
  Bangs: (p) => p.bangs,
  Big_Lips: (p) => p.lipThick > 3.8,
  Big_Nose: (p) => p.noseHalf > 8.6,
  Black_Hair: (p) => hasHair(p, 'black'),
  Blond_Hair: (p) => hasHair(p, 'blond'),
  Bright: (_, s) => s.brightness > 0,
  Brown_Hair: (p) => hasHair(p, 'brown'),
  Bushy_Eyebrows: (p) => p.browThick > 3.8,
  /** Drawn by a coin and seen nowhere: how an attribute looks that no model can know. */
  Coin_Flip: (_, s) => s.coin,
  Dark_Background: (_, s) => s.darkBackground,
  Eyeglasses: (_, s) => s.eyeglasses,
  Gray_Hair: (p) => hasHair(p, 'gray'),
  Head_Roll_Left: (_, s) => s.rollDegrees < 0,
  Lit_From_Left: (_, s) => s.lightSide === -1,
  Male: (p) => p.male,
  Mouth_Slightly_Open: (_, s) => s.mouthOpen > 0,
  Narrow_Eyes: (p) => p.eyeOpen < 3.6,
  No_Beard: (_, s) => !s.beard,
  Pale_Skin: (p) => p.skinDepth < 0.25,
  Receding_Hairline: (p) => p.hairStyle === 'receding',
  Smiling: (_, s) => s.smiling,
  Wavy_Hair: (p) => p.hairStyle === 'wavy' || p.hairStyle === 'curls' || p.hairStyle === 'afro',
  Wearing_Earrings: (_, s) => s.earrings,
  Wearing_Hat: (_, s) => s.hat !== 'none',
  Wearing_Lipstick: (_, s) => s.lipstick,
  Young: (p) => p.young,
} as const satisfies Record<string, (person: Person, shot: Shot) => boolean>;

/** `list_attr_celeba.txt`: the count, the names, then a row of −1 and 1 for each picture. */
export function celebaAttributeList(pictures: readonly SamplePicture[]): string {
  const tests: readonly ((person: Person, shot: Shot) => boolean)[] = Object.values(sampleAttributes);
  const rows = pictures.map(({ fileName, person, shot }) => {
    const values = tests.map((test) => (test(person, shot) ? ' 1' : '-1'));
    return `${fileName} ${values.join(' ')}`;
  });
  return [pictures.length, Object.keys(sampleAttributes).join(' '), ...rows, ''].join('\n');
}

/** `identity_CelebA.txt`: a picture and its identity, counted from 1, in each row. */
export function celebaIdentityList(pictures: readonly SamplePicture[]): string {
  return pictures.map(({ fileName, identity }) => `${fileName} ${identity + 1}\n`).join('');
}

function hasHair(person: Person, color: HairColor): boolean {
  return person.hairStyle !== 'bald' && person.hairColor === color;
}
