/** What an `.onnx` file probably is, by its name alone; `null`: the name does not say. Inspecting it is what tells. */
export function familyByName(fileName: string): string | null {
  const name = fileName.toLowerCase();
  return marks.find(({ mark }) => mark.test(name))?.family ?? null;
}

/** In the order in which they are asked: «mobilefacenet» holds «facenet», too. */
const marks: readonly { readonly mark: RegExp; readonly family: string }[] = [
  { mark: /scrfd|yunet|retinaface|yolo|blazeface|^det_/, family: 'face detector' },
  { mark: /eigenface|fisherface/, family: 'eigenfaces' },
  { mark: /mobilefacenet|mobile_?face|w600k_mbf/, family: 'mobilefacenet' },
  { mark: /sphereface/, family: 'sphereface-r' },
  { mark: /(^|[^a-z])sface/, family: 'sface' },
  { mark: /adaface/, family: 'adaface' },
  { mark: /facenet|inception_?resnet/, family: 'facenet' },
  { mark: /arcface|glint360k|ms1m|w600k|webface|^r(18|34|50|100)([^a-z0-9]|$)/, family: 'arcface' },
];
