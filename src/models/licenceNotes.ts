import type { OnnxModel } from './onnxProto.ts';

/**
 * What is known about the licence of a model's weights: by the file's SHA-256, else by names inside the graph,
 * which tell whose code made it and no more. `null` where nothing is known, which is no permission.
 */
export function licenceNote(sha256: string, model: OnnxModel): string | null {
  return notesByDigest[sha256] ?? notesByNames.find(({ marks }) => hasNames(model, marks))?.note ?? null;
}

const insightFace =
  'InsightFace publishes these weights for non-commercial research only; its MIT licence covers the code.';
const sface = 'OpenCV publishes SFace, weights included, under the Apache License 2.0.';

/** The files as their authors publish them. */
const notesByDigest: Readonly<Record<string, string>> = {
  // buffalo_l: w600k_r50.onnx
  '4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43': insightFace,
  // buffalo_s, buffalo_sc: w600k_mbf.onnx
  '9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f': insightFace,
  // antelopev2: glintr100.onnx
  '4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf': insightFace,
  // face_recognition_sface_2021dec.onnx
  '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79': sface,
  // face_recognition_sface_2021dec_int8.onnx
  '2b0e941e6f16cc048c20aee0c8e31f569118f65d702914540f7bfdc14048d78a': sface,
};

const notesByNames: readonly { readonly marks: readonly RegExp[]; readonly note: string }[] = [
  {
    // The last layers of every net in InsightFace's arcface_torch; a quantised form keeps them.
    marks: [/^features\.running_mean$/, /^fc\.bias$/],
    note: 'Its layers are named as in InsightFace’s code. The weights that InsightFace publishes (buffalo, antelope, w600k) are for non-commercial research only; its MIT licence covers the code.',
  },
  {
    marks: [/repeat_1\.0\W+branch0/, /last_linear|last_bn/],
    note: 'Its layers are named as in facenet-pytorch, whose code is under the MIT licence; the weights were learned from VGGFace2 or CASIA-WebFace, whose own terms apply.',
  },
];

function hasNames({ graph }: OnnxModel, marks: readonly RegExp[]): boolean {
  const names = [
    ...graph.initializers.map(({ name }) => name),
    ...graph.nodes.flatMap(({ name, outputs }) => [name, ...outputs]),
  ];
  return marks.every((mark) => names.some((name) => mark.test(name)));
}
