import { AppError } from '../domain/appError.ts';
import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import { onnxGraph, onnxModel, onnxNode, valueInfo } from './onnxBuild.ts';
import { encodeModel } from './onnxProto.ts';
import { OnnxSession, type ProductPlace } from './onnxRuntime.ts';

/**
 * Products in float32 by ONNX Runtime's Gemm, on all cores, or where `place` says; its session is one of
 * `singleGemm`. Give few rows at a time: outputs beyond the cache lose a third of the speed.
 */
export function ortSingleProduct(place: ProductPlace = {}): SingleMatrixProduct {
  let { session } = place;
  return {
    async timesTransposed(a, b, m, n, k, out) {
      if (!(a.length === m * k && b.length === n * k && out.length >= m * n)) {
        throw new AppError(
          'numericsInvalid',
          `A product of ${m} × ${k} by (${n} × ${k})ᵀ got ${a.length} and ${b.length} values, and room for ${out.length}.`,
          { m, n, k, nFirst: a.length, nSecond: b.length, nOut: out.length },
        );
      }
      const target = out.subarray(0, m * n);
      if (m === 0 || n === 0 || k === 0) {
        target.fill(0);
        return;
      }
      session ??= OnnxSession.open(singleGemm(), {
        provider: 'cpu',
        ...(place.threads === undefined ? {} : { threads: place.threads }),
      });
      await (
        await session
      ).run(
        { A: { data: a, shape: [m, k] }, B: { data: b, shape: [n, k] } },
        { Y: { data: target, shape: [m, n] } },
      );
    },
  };
}

/** A · Bᵀ = Y in float32, as a model. */
export function singleGemm(): Uint8Array {
  const graph = onnxGraph({
    name: 'singleTimesTransposed',
    nodes: [onnxNode('Gemm', ['A', 'B'], ['Y'], { transB: 1 })],
    inputs: [valueInfo('A', 'float32', ['m', 'k']), valueInfo('B', 'float32', ['n', 'k'])],
    outputs: [valueInfo('Y', 'float32', ['m', 'n'])],
  });
  return encodeModel(onnxModel(graph, { opset: 13 }));
}
