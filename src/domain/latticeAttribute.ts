/**
 * Low-level attributes that an image can be moved along without a generator. A value of 0 leaves the image as it
 * is. A centred attribute can be moved both ways; a one-sided one, such as blur, only up from 0.
 */
export const latticeAttributes = [
  'brightness',
  'contrast',
  'saturation',
  'hue',
  'blur',
  'noise',
  'jpegQuality',
  'roll',
  'scale',
  'shift',
  'grey',
  'occlusion',
] as const;

export type LatticeAttribute = (typeof latticeAttributes)[number];

export interface LatticeAxis {
  readonly unit: string;
  /** From one point of a stencil to the next, in that unit. */
  readonly step: number;
  /** Lattice points have a value from −range to range, or from 0 to range where it is one-sided. */
  readonly range: number;
  readonly oneSided: boolean;
  /** What it does to an image. */
  readonly description: string;
}

export const latticeAxes = {
  brightness: {
    unit: 'grey levels',
    step: 20,
    range: 20,
    oneSided: false,
    description: 'added to every channel',
  },
  contrast: {
    unit: '%',
    step: 25,
    range: 20,
    oneSided: false,
    description: 'stretches grey levels around the mean of the crop',
  },
  saturation: {
    unit: '%',
    step: 40,
    range: 30,
    oneSided: false,
    description: 'scales the distance of each colour from its grey',
  },
  hue: { unit: '°', step: 15, range: 10, oneSided: false, description: 'turns colours around the grey axis' },
  blur: {
    unit: 'px',
    step: 0.7,
    range: 0.4,
    oneSided: true,
    description: 'standard deviation of a Gaussian, in pixels of the crop',
  },
  noise: {
    unit: 'grey levels',
    step: 7,
    range: 4,
    oneSided: true,
    description: 'standard deviation of Gaussian noise, one pattern for each lattice point',
  },
  jpegQuality: {
    unit: 'quality lost',
    step: 30,
    range: 20,
    oneSided: true,
    description: '100 less the quality that the crop is compressed with',
  },
  roll: { unit: '°', step: 10, range: 6, oneSided: false, description: 'turns the face in the image plane' },
  scale: { unit: '%', step: 10, range: 5, oneSided: false, description: 'enlarges the face in the crop' },
  shift: {
    unit: '% of the width',
    step: 6,
    range: 4,
    oneSided: false,
    description: 'moves the face to the right in the crop',
  },
  grey: { unit: '%', step: 40, range: 20, oneSided: true, description: 'mixes each colour with its grey' },
  occlusion: {
    unit: '% of the height',
    step: 8,
    range: 0,
    oneSided: true,
    description: 'height of a black bar at the line of the eyes',
  },
} as const satisfies Record<LatticeAttribute, LatticeAxis>;

/** The value of each attribute; those not named are 0. */
export type LatticePoint = Readonly<Partial<Record<LatticeAttribute, number>>>;

/** The three points of a stencil along `attribute`: v − s, v, v + s, or v, v + s, v + 2s where it is one-sided. */
export function stencilOf(
  point: LatticePoint,
  attribute: LatticeAttribute,
  step: number,
): readonly [LatticePoint, LatticePoint, LatticePoint] {
  const value = point[attribute] ?? 0;
  const first = latticeAxes[attribute].oneSided ? 0 : -1;
  return [
    { ...point, [attribute]: value + first * step },
    { ...point, [attribute]: value + (first + 1) * step },
    { ...point, [attribute]: value + (first + 2) * step },
  ];
}
