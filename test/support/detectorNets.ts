import {
  float32Tensor,
  int64Tensor,
  onnxGraph,
  onnxModel,
  onnxNode,
  valueInfo,
} from '../../src/models/onnxBuild.ts';
import { encodeModel, type OnnxDim, type OnnxModel, type OnnxNode } from '../../src/models/onnxProto.ts';

/**
 * Detectors with the exact signatures of real ones whose outputs are a known function of single pixels: what a cell
 * gives depends on the pixel at its corner (column · stride, row · stride), as `scrfdCell` and `yunetCell` say. So
 * a dot of one colour is a face of a known score and place, and channel order, scale, letterbox and strides are each
 * proven by value.
 */

export interface DetectorNetOptions {
  /** Fixed sides of the input; free where left out. */
  readonly width?: number;
  readonly height?: number;
  /** Older exports have no batch axis in their outputs. */
  readonly outputsHaveBatch?: boolean;
  readonly landmarks?: boolean;
  /** Whether widths of outputs are declared; true unless said otherwise. */
  readonly declaresShapes?: boolean;
  /** Output names in the order of the export: parts, strides within a part. */
  readonly names?: readonly string[];
  /** Gives the outputs level after level instead of part after part. */
  readonly levelByLevel?: boolean;
}

const strides = [8, 16, 32] as const;

/** Column k of anchor a's box distances, in cells at full blue. */
export const scrfdDistances = [
  [1, 2, 3, 4],
  [4, 3, 2, 1],
] as const;

/** Landmark coordinate k of anchor a, in cells at full blue. */
export function scrfdLandmark(anchor: number, k: number): number {
  return (anchor === 0 ? 1 : -1) * (k + 1) * 0.25;
}

/**
 * SCRFD: the scores of a cell's two anchors are red / 255 and green / 255 of the pixel before (x − 127.5) / 128;
 * blue / 255 scales `scrfdDistances` and `scrfdLandmark`.
 */
export function scrfdNet(options: DetectorNetOptions = {}): OnnxModel {
  const landmarks = options.landmarks ?? true;
  const blueOnly = (columns: number, weight: (column: number) => number) => [
    ...new Array<number>(2 * columns).fill(0),
    ...Array.from({ length: columns }, (_, column) => weight(column)),
  ];
  const parts: readonly Part[] = [
    { width: 1, anchors: 2, weights: [1, 0, 0, 1, 0, 0] },
    {
      width: 4,
      anchors: 2,
      weights: blueOnly(8, (column) => scrfdDistances[column < 4 ? 0 : 1][(column % 4) as 0 | 1 | 2 | 3]),
    },
    {
      width: 10,
      anchors: 2,
      weights: blueOnly(20, (column) => scrfdLandmark(column < 10 ? 0 : 1, column % 10)),
    },
  ];
  const names = options.names ?? ['446', '466', '486', '449', '469', '489', '452', '472', '492'];
  return detectorNet(options, landmarks ? parts : parts.slice(0, 2), names, {
    scale: 128 / 255,
    mean: 127.5 / 255,
  });
}

/** In cells at full blue: offsets of the centre, logarithms of the sides. */
export const yunetBox = [0.5, 0.25, Math.log(4), Math.log(2)] as const;

/** Landmark coordinate k in cells at full blue. */
export function yunetLandmark(k: number): number {
  return (k + 1) * 0.25;
}

/** YuNet: class is red / 255, objectness green / 255; blue / 255 scales `yunetBox` and `yunetLandmark`. Sees BGR. */
export function yunetNet(options: DetectorNetOptions = {}): OnnxModel {
  const parts: readonly Part[] = [
    { width: 1, anchors: 1, weights: [0, 0, 1] },
    { width: 1, anchors: 1, weights: [0, 1, 0] },
    { width: 4, anchors: 1, weights: [...yunetBox, 0, 0, 0, 0, 0, 0, 0, 0] },
    {
      width: 10,
      anchors: 1,
      weights: Array.from({ length: 30 }, (_, i) => (i < 10 ? yunetLandmark(i) : 0)),
    },
  ];
  const names =
    options.names ?? ['cls', 'obj', 'bbox', 'kps'].flatMap((part) => strides.map((s) => `${part}_${s}`));
  return detectorNet(options, parts, names, { scale: 1 / 255, mean: 0 });
}

export function detectorBytes(model: OnnxModel): Uint8Array {
  return encodeModel(model);
}

interface Part {
  readonly width: number;
  readonly anchors: number;
  /** 3 × (anchors · width): from the three channels of a pixel, as parts of 255, to the values of its cell. */
  readonly weights: readonly number[];
}

/** `unit`: x · scale + mean gives parts of 255 again from what the model is fed. */
function detectorNet(
  options: DetectorNetOptions,
  parts: readonly Part[],
  names: readonly string[],
  unit: { readonly scale: number; readonly mean: number },
): OnnxModel {
  const { outputsHaveBatch = true, declaresShapes = true } = options;
  const nodes: OnnxNode[] = [
    onnxNode('Mul', ['image', 'unit_scale'], ['scaled']),
    onnxNode('Add', ['scaled', 'unit_mean'], ['unit']),
  ];
  const tensors = [
    float32Tensor('unit_scale', [], [unit.scale]),
    float32Tensor('unit_mean', [], [unit.mean]),
    int64Tensor('cells', [2], [-1, 3]),
  ];
  for (const stride of strides) {
    // A window of one pixel: each cell's corner.
    nodes.push(
      onnxNode('MaxPool', ['unit'], [`corners_${stride}`], {
        kernel_shape: [1, 1],
        strides: [stride, stride],
      }),
      onnxNode('Transpose', [`corners_${stride}`], [`last_${stride}`], { perm: [0, 2, 3, 1] }),
      onnxNode('Reshape', [`last_${stride}`, 'cells'], [`cells_${stride}`]),
    );
  }
  const outputs = parts.flatMap((part, p) =>
    strides.map((stride, level) => {
      const name = names[3 * p + level]!;
      nodes.push(
        onnxNode('MatMul', [`cells_${stride}`, `weights_${p}`], [`flat_${name}`]),
        onnxNode('Reshape', [`flat_${name}`, `shape_${p}`], [name]),
      );
      const shape: OnnxDim[] = outputsHaveBatch ? [1, null, part.width] : [null, part.width];
      const info = valueInfo(name, 'float32', shape);
      return declaresShapes ? info : { ...info, tensor: { elementType: 1, shape: null } };
    }),
  );
  parts.forEach(({ width, anchors, weights }, p) => {
    const shape = outputsHaveBatch ? [1, -1, width] : [-1, width];
    tensors.push(float32Tensor(`weights_${p}`, [3, anchors * width], weights));
    tensors.push(int64Tensor(`shape_${p}`, [shape.length], shape));
  });
  const byLevel = strides.flatMap((_, level) => parts.map((__, p) => outputs[3 * p + level]!));
  const size = [options.height ?? 'height', options.width ?? 'width'];
  return onnxModel(
    onnxGraph({
      name: 'detector',
      nodes,
      initializers: tensors,
      inputs: [valueInfo('image', 'float32', [1, 3, ...size])],
      outputs: options.levelByLevel ? byLevel : outputs,
    }),
    { opset: 13 },
  );
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly colour: readonly [red: number, green: number, blue: number];
  /** Pixels to the right of and below (x, y); 1 unless said otherwise. */
  readonly side?: number;
}

/** A black picture with coloured dots. */
export function dottedImage(width: number, height: number, dots: readonly Dot[]) {
  const pixels = new Uint8Array(width * height * 3);
  for (const { x, y, colour, side = 1 } of dots)
    for (let row = y; row < y + side; row++)
      for (let column = x; column < x + side; column++) pixels.set(colour, (row * width + column) * 3);
  return { pixels, width, height };
}
