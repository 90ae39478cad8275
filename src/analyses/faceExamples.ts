import { type AttributeColumn, modalities, type Modality } from '../domain/attributeColumn.ts';
import { SeededRandom } from '../numerics/random.ts';
import { oneOfEachIdentity } from './selection.ts';

/** Images of both modalities of an attribute; names are the report's. */
export interface AttributeFaces {
  readonly attribute: string;
  readonly positive: string[];
  readonly negative: string[];
}

const maxFaces = 12;

/**
 * At most 12 images of each modality, each of another person, drawn by seed: every person that shows the modality is
 * equally likely, and so is each of their images. The draw depends on the seed, the attribute's name, the modality and
 * its rows alone.
 */
export function faceExamples(
  identities: Int32Array,
  attributes: readonly AttributeColumn[],
  images: readonly string[],
  seed: number,
): AttributeFaces[] {
  const random = new SeededRandom(seed).fork('faces');
  return attributes.map(({ name, values }) => {
    const draw = (modality: Modality): string[] => {
      const rows = oneOfEachIdentity(values, identities, modality, random.fork(name).fork(modality));
      return Array.from(rows.subarray(0, maxFaces), (row) => images[row]!);
    };
    const [positive, negative] = modalities.map(draw);
    return { attribute: name, positive: positive!, negative: negative! };
  });
}
