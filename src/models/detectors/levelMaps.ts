import { AppError } from '../../domain/appError.ts';
import type { Tensor } from '../onnxRuntime.ts';

/** The strides of a detector's three levels: each cell of a level stands for stride × stride pixels. */
export const detectorStrides = [8, 16, 32] as const;

/** Pictures are as large as the coarsest level can tile. */
export const coarsestStride = 32;

/** The outputs of one level, by name. */
export interface LevelOutputs {
  readonly stride: number;
  /** One of SCRFD, two of YuNet: class and objectness. */
  readonly scores: readonly string[];
  readonly boxes: string;
  readonly landmarks: string | null;
}

/** What a detector gave for one level. Cells row by row; anchors of a cell follow each other. */
export interface LevelMaps {
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
  /** One number for each anchor. */
  readonly scores: readonly Float32Array[];
  /** Four numbers for each anchor. */
  readonly boxes: Float32Array;
  /** Ten numbers for each anchor. */
  readonly landmarks: Float32Array | null;
}

/**
 * The outputs of one run as maps. Whether they have a batch axis does not matter: the batch is one image. Throws
 * `AppError` modelNotDetector where their sizes are not those of the picture's cells.
 */
export function levelMaps(
  outputs: Readonly<Record<string, Tensor>>,
  levels: readonly LevelOutputs[],
  anchors: number,
  picture: { readonly width: number; readonly height: number },
): readonly LevelMaps[] {
  return levels.map(({ stride, scores, boxes, landmarks }) => {
    const columns = picture.width / stride;
    const rows = picture.height / stride;
    const values = (name: string, each: number): Float32Array => {
      const data = outputs[name]?.data;
      const wanted = columns * rows * anchors * each;
      if (data instanceof Float32Array && data.length === wanted) return data;
      throw new AppError(
        'modelNotDetector',
        `The model's output «${name}» has ${data?.length ?? 'no'} values for a picture of ${picture.width} × ${picture.height}; a face detector has ${wanted} float32 there (${anchors} × ${each} for each of ${columns} × ${rows} cells).`,
        { output: name, nValues: data?.length ?? 0, wanted, stride },
      );
    };
    return {
      stride,
      columns,
      rows,
      scores: scores.map((name) => values(name, 1)),
      boxes: values(boxes, 4),
      landmarks: landmarks === null ? null : values(landmarks, 10),
    };
  });
}
