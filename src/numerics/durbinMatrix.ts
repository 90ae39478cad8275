/**
 * P(Dₙ < x), exact but for rounding: n!/nⁿ times the middle element of the n-th power of a matrix of
 * (2k − 1)², k = ⌈n·x⌉. J. Durbin 1968, in the form of G. Marsaglia, W. W. Tsang and J. Wang, «Evaluating
 * Kolmogorov's distribution», J. Stat. Software 8(18), 2003. Cost grows as k³ ln n: for small k only.
 */
export function durbinDistribution(n: number, x: number): number {
  const k = Math.ceil(n * x);
  const size = 2 * k - 1;
  let square = stepMatrix(size, k - n * x);
  let squareExponent = 0;
  let power = identityMatrix(size);
  let powerExponent = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      power = multiply(power, square, size);
      powerExponent += squareExponent + rescale(power, size);
    }
    if (rest > 1) {
      square = multiply(square, square, size);
      squareExponent = 2 * squareExponent + rescale(square, size);
    }
  }
  let p = power[(k - 1) * size + k - 1]!;
  for (let i = 1; i <= n; i++) {
    p *= i / n;
    if (p < 2 ** -scaleBits) {
      p *= 2 ** scaleBits;
      powerExponent -= scaleBits;
    }
  }
  return p * 2 ** powerExponent;
}

const scaleBits = 400;

/** Elements 1/(i − j + 1)! on and below the first superdiagonal, less h^(i+1)/… in the first column and last row. */
function stepMatrix(size: number, h: number): Float64Array {
  const inverseFactorial = new Float64Array(size + 1);
  inverseFactorial[0] = 1;
  for (let i = 1; i <= size; i++) inverseFactorial[i] = inverseFactorial[i - 1]! / i;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++) matrix[i * size + j] = inverseFactorial[i - j + 1]!;
  }
  for (let i = 0; i < size; i++) {
    const cut = (1 - h ** (i + 1)) * inverseFactorial[i + 1]!;
    matrix[i * size] = cut;
    matrix[(size - 1) * size + size - 1 - i] = cut;
  }
  const corner = 1 - 2 * h ** size + Math.max(0, 2 * h - 1) ** size;
  matrix[(size - 1) * size] = corner * inverseFactorial[size]!;
  return matrix;
}

function identityMatrix(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) out[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return out;
}

/** Takes 2^scaleBits out of a matrix whose middle has outgrown it; returns the bits taken. */
function rescale(matrix: Float64Array, size: number): number {
  const middle = (size - 1) / 2;
  if (!(matrix[middle * size + middle]! > 2 ** scaleBits)) return 0;
  for (let i = 0; i < matrix.length; i++) matrix[i]! *= 2 ** -scaleBits;
  return scaleBits;
}
