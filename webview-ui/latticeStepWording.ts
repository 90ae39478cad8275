import type { LatticeAttribute } from '../src/domain/latticeAttribute.ts';
import { t } from './l10n.ts';

/** What a step along an attribute does to an image: the descriptions of src/domain/latticeAttribute.ts. */
export function latticeDescription(attribute: LatticeAttribute): string {
  switch (attribute) {
    case 'brightness':
      return t('added to every channel');
    case 'contrast':
      return t('stretches grey levels around the mean of the crop');
    case 'saturation':
      return t('scales the distance of each colour from its grey');
    case 'hue':
      return t('turns colours around the grey axis');
    case 'blur':
      return t('standard deviation of a Gaussian, in pixels of the crop');
    case 'noise':
      return t('standard deviation of Gaussian noise, one pattern for each lattice point');
    case 'jpegQuality':
      return t('100 less the quality that the crop is compressed with');
    case 'roll':
      return t('turns the face in the image plane');
    case 'scale':
      return t('enlarges the face in the crop');
    case 'shift':
      return t('moves the face to the right in the crop');
    case 'grey':
      return t('mixes each colour with its grey');
    case 'occlusion':
      return t('height of a black bar at the line of the eyes');
  }
}

/** Units that are words; symbols stay as they are. */
export function unitInWords(unit: string): string {
  switch (unit) {
    case 'grey levels':
      return t('grey levels');
    case 'quality lost':
      return t('quality lost');
    case '% of the width':
      return t('% of the width');
    case '% of the height':
      return t('% of the height');
    default:
      return unit;
  }
}
