/**
 * How far the k nearest of each point in a picture are near in truth, too, from 0 to 1:
 * 1 − 2/(n·k·(2n − 3k − 1)) · Σᵢ Σ (r(i, j) − k) over those j among the k nearest of i in the picture that are not among
 * its k nearest in truth, r(i, j) being the rank of j by true distance from i (Venna and Kaski, «Neighborhood
 * preservation in nonlinear projection methods: an experimental study», 2001, equation 1). Takes k < n/2.
 * @param truth n × `dimTruth`, @param picture n × `dimPicture` numbers.
 */
export function trustworthiness(
  truth: ArrayLike<number>,
  dimTruth: number,
  picture: ArrayLike<number>,
  dimPicture: number,
  k: number,
): number {
  const n = truth.length / dimTruth;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const byTruth = othersByDistance(truth, dimTruth, n, i);
    const rank = new Int32Array(n);
    byTruth.forEach((j, at) => (rank[j] = at + 1));
    for (const j of othersByDistance(picture, dimPicture, n, i).slice(0, k)) {
      sum += Math.max(0, rank[j]! - k);
    }
  }
  return 1 - (2 / (n * k * (2 * n - 3 * k - 1))) * sum;
}

function othersByDistance(points: ArrayLike<number>, dim: number, n: number, i: number): readonly number[] {
  const squares = Float64Array.from({ length: n }, (_, j) => {
    let square = 0;
    for (let t = 0; t < dim; t++) square += (points[i * dim + t]! - points[j * dim + t]!) ** 2;
    return square;
  });
  return Array.from({ length: n }, (_, j) => j)
    .filter((j) => j !== i)
    .sort((a, b) => squares[a]! - squares[b]! || a - b);
}
