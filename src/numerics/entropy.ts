/** Shannon entropy of counts in nats, −Σ p ln p with 0 ln 0 = 0. No counts above zero: `RangeError`. */
export function shannonEntropy(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  if (!(total > 0)) throw new RangeError('No entropy: all counts are zero.');
  let entropy = 0;
  for (let i = 0; i < counts.length; i++) {
    const p = counts[i]! / total;
    if (p > 0) entropy -= p * Math.log(p);
  }
  return entropy;
}

/**
 * Entropy in nats of a Gaussian kernel density of values in [−1, 1]: Σᵢ exp(−(x − vᵢ)²/2h²) at 101 equally
 * spaced x from −1 to 1, divided by its sum. The inter-entropy of the paper with h = 0.1.
 */
export function kernelDensityEntropy(values: Float64Array, bandwidth: number): number {
  const density = new Float64Array(gridSize);
  for (let g = 0; g < gridSize; g++) {
    const x = -1 + (2 * g) / (gridSize - 1);
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      const z = (x - values[i]!) / bandwidth;
      sum += Math.exp(-0.5 * z * z);
    }
    density[g] = sum;
  }
  return shannonEntropy(density);
}

const gridSize = 101;
