import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { splitAtMedian } from './attributeRules.ts';

/** By the number in the file name. */
const races = ['White', 'Black', 'Asian', 'Indian', 'Others'] as const;

/** `age_gender_race_date&time.jpg`, of the aligned faces `….jpg.chip.jpg`. */
const namePattern = /^(\d{1,3})_([01])_([0-4])_\d{8,}[^/]*$/;

/** What any UTKFace name begins with, also the malformed ones, such as `61_1_20170109150557335.jpg.chip.jpg`. */
const likePattern = /^\d{1,3}_\d*_.*\d{8,}/;

/** Shares of names of the full form, and of names like it, from which on a folder is UTKFace. */
const minValid = 0.9;
const minLike = 0.98;

/** No person has been older. */
const maxAge = 122;

/** Whether a folder is UTKFace, by the names of its images. */
export function isUtkFace(images: readonly string[]): boolean {
  const names = images.map(fileName);
  const nValid = names.filter((name) => namePattern.test(name)).length;
  const nLike = names.filter((name) => likePattern.test(name)).length;
  return images.length > 0 && nValid >= minValid * images.length && nLike >= minLike * images.length;
}

/**
 * UTKFace's attributes, from the names of its images: `Male` (0 in the name; 1 is female), `race=…` for each
 * of White, Black, Asian, Indian, Others that occurs, against the rest, and `age` (years) above its median.
 * Names of another form, of which UTKFace has some, lack a field that cannot be told, so that all three are
 * unknown; they are named in `imageNameInvalid`.
 */
export function utkFaceAttributes(images: readonly string[], log: DiagnosticLog): AttributeColumn[] {
  const people = images.map((image) => {
    const match = namePattern.exec(fileName(image));
    const age = Number(match?.[1]);
    if (match !== null && age <= maxAge) return { age, gender: match[2]!, race: races[Number(match[3])]! };
    log.add('imageNameInvalid', image);
    return null;
  });
  const signs = (holds: (person: NonNullable<(typeof people)[number]>) => boolean) =>
    Int8Array.from(people, (person) => (person === null ? 0 : holds(person) ? 1 : -1));
  const present = races.filter((race) => people.some((person) => person?.race === race));
  const age = splitAtMedian(
    'age',
    Float64Array.from(people, (person) => person?.age ?? NaN),
  );
  log.add('attributeRule', 'Male: «0» is positive, «1» negative, from the second number of the file name');
  log.add('attributeRule', `race: ${present.map((race) => `«${race}»`).join(', ')} against the rest`);
  log.add('attributeRule', 'age: from the first number of the file name, split at its median');
  return [
    {
      name: 'Male',
      values: signs(({ gender }) => gender === '0'),
      rule: { kind: 'oneVsRest', column: 'gender', value: '0' },
    },
    ...present.map((race): AttributeColumn => ({
      name: `race=${race}`,
      values: signs((person) => person.race === race),
      rule: { kind: 'oneVsRest', column: 'race', value: race },
    })),
    age,
  ];
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
