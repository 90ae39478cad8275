import type { AlignmentPreview, PreviewedImage } from '../../src/protocol/jobs.ts';
import { onCpu } from './providerRecords.ts';

/** A preview whose pictures are drawn from the same numbers as its boxes and landmarks, so that a shift is seen. */
export function samplePreview(
  options: { readonly nPassed?: number; readonly failures?: boolean } = {},
): AlignmentPreview {
  const { nPassed = 7, failures = true } = options;
  const failed = failures ? failedImages() : [];
  const passed = Array.from({ length: nPassed }, (_, i) => passedImage(i));
  return {
    dataset: 'lfw',
    alignment: {
      kind: 'detected',
      detector: 'det_10g.onnx',
      sha256: '0'.repeat(64),
      family: 'scrfd',
      scoreThreshold: 0.5,
      retryPadded: true,
      faces: 'single',
      provider: onCpu(),
    },
    width: 112,
    height: 112,
    nChecked: failed.length + nPassed,
    nFailed: failed.length,
    images: [...failed, ...passed],
  };
}

const sizes = [
  [250, 250],
  [178, 218],
  [1600, 1200],
  [900, 300],
  [300, 900],
] as const;

function passedImage(i: number): PreviewedImage {
  const [width, height] = sizes[i % sizes.length]!;
  const face = faceAt(width * 0.48, height * 0.52, Math.min(width, height) * 0.3, true);
  return {
    name: `Person_${i + 1}/Person_${i + 1}_0001.jpg`,
    path: `/data/lfw/Person_${i + 1}/Person_${i + 1}_0001.jpg`,
    original: picture(width, height, [face]),
    width,
    height,
    faces: [face],
    crop: picture(112, 112, [faceAt(56, 62, 44, true)]),
    failure: null,
  };
}

function failedImages(): PreviewedImage[] {
  const three = [0.2, 0.5, 0.8].map((x, i) => faceAt(640 * x, 200 + 20 * i, 60 + 20 * i, false));
  const base = { crop: null, width: 640, height: 420 };
  return [
    {
      ...base,
      name: 'Group/Group_0001.jpg',
      path: '/data/lfw/Group/Group_0001.jpg',
      original: picture(640, 420, three),
      faces: three,
      failure: 'Several faces were found.',
    },
    {
      ...base,
      name: 'Wall/Wall_0001.jpg',
      path: '/data/lfw/Wall/Wall_0001.jpg',
      original: picture(640, 420, []),
      faces: [],
      failure: 'No face was found.',
    },
    {
      ...base,
      name: 'Broken/Broken_0001.jpg',
      path: '/data/lfw/Broken/Broken_0001.jpg',
      original: null,
      width: 0,
      height: 0,
      faces: [],
      failure: 'The image could not be decoded: Input buffer contains unsupported image format.',
    },
  ];
}

type Face = PreviewedImage['faces'][number];

function faceAt(x: number, y: number, r: number, chosen: boolean): Face {
  return {
    box: { x: x - r, y: y - 1.3 * r, width: 2 * r, height: 2.6 * r },
    landmarks: [
      [-0.4, -0.3],
      [0.4, -0.3],
      [0, 0.15],
      [-0.3, 0.6],
      [0.3, 0.6],
    ].flatMap(([dx, dy]) => [x + dx! * r, y + dy! * r]),
    score: 0.871,
    chosen,
  };
}

function picture(width: number, height: number, faces: readonly Face[]): string {
  const heads = faces.map(({ box, landmarks }) => {
    const [cx, cy] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
    const r = box!.width / 2;
    const features = [0, 2, 4, 6, 8].map(
      (i) => `<circle cx="${landmarks![i]!}" cy="${landmarks![i + 1]!}" r="${r / 9}" fill="#402018"/>`,
    );
    return `<ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${1.3 * r}" fill="#d9a787"/>${features.join('')}`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="#5b7a8c"/>${heads.join('')}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
