import { latticeAxes } from '../../src/domain/latticeAttribute.ts';
import type { LatticePreview } from '../../src/protocol/microscaleJobs.ts';

/** Three attributes; crops are plain faces whose darkness, turn or blur is what the value says. */
export function sampleLatticePreview(nImages = 3): LatticePreview {
  return {
    dataset: 'lfw',
    width: 112,
    height: 112,
    nFailed: 0,
    attributes: (['brightness', 'roll', 'blur'] as const).map((name) => {
      const { unit, step, description, oneSided } = latticeAxes[name];
      const rows = Array.from({ length: nImages }, (_, i) => {
        const values = [-1, 0, 1].map((n) => i * 0.1 + (oneSided ? n + 1 : n) * step);
        return {
          image: `Person_${i + 1}/Person_${i + 1}_0001.jpg`,
          values,
          crops: values.map((value) => face(name, value)),
        };
      });
      return { name, unit, step, description, rows };
    }),
  };
}

function face(name: string, value: number): string {
  const grey = name === 'brightness' ? 150 + value : 150;
  const turn = name === 'roll' ? value : 0;
  const blur = name === 'blur' ? value : 0;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 112 112" width="112" height="112"><filter id="b"><feGaussianBlur stdDeviation="${blur}"/></filter><rect width="112" height="112" fill="rgb(${grey},${grey},${grey})"/><g transform="rotate(${turn} 56 56)" filter="url(#b)"><ellipse cx="56" cy="60" rx="32" ry="42" fill="#d9b08c"/><circle cx="44" cy="52" r="4"/><circle cx="68" cy="52" r="4"/><path d="M44 82q12 8 24 0" fill="none" stroke="#333" stroke-width="3"/></g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
