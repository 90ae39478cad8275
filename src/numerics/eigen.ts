/** Eigenpairs of a symmetric matrix, largest eigenvalue first. */
export interface Eigenpairs {
  /** Eigenvalues, descending. */
  readonly values: Float64Array;
  /** Unit eigenvectors, one a row; in each the entry of largest magnitude is positive. */
  readonly vectors: Float64Array;
}

/**
 * All eigenpairs of the symmetric n × n `matrix` (row by row; the lower triangle is read).
 *
 * Householder reduction to a tridiagonal matrix, then implicit QL with Wilkinson shifts: `tred2` and `tql2`
 * of Bowdler, Martin, Reinsch and Wilkinson, «The QR and QL algorithms for symmetric matrices» (1968), as in
 * EISPACK. About 9 n³ operations; backward stable, so eigenvalues are right to about n · 2⁻⁵³ of the largest.
 * `RangeError` for a wrong length or an entry that is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigenpairs {
  if (!Number.isInteger(n) || n < 1 || matrix.length !== n * n) {
    throw new RangeError(`symmetricEigen needs n × n numbers, not ${matrix.length} for n = ${n}.`);
  }
  if (!matrix.every(Number.isFinite)) throw new RangeError('symmetricEigen needs finite numbers.');
  const columns = matrix.slice();
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  tridiagonalise(columns, diagonal, offDiagonal);
  const rows = transpose(columns, n);
  diagonalise(rows, diagonal, offDiagonal);
  return sorted(rows, diagonal);
}

/** Flips each of the vectors (rows of `dim` numbers) so that its entry of largest magnitude is positive. */
export function fixSigns(vectors: Float64Array, dim: number): void {
  for (let start = 0; start < vectors.length; start += dim) {
    const vector = vectors.subarray(start, start + dim);
    let largest = 0;
    for (let i = 0; i < dim; i++) if (Math.abs(vector[i]!) > Math.abs(largest)) largest = vector[i]!;
    if (largest < 0) for (let i = 0; i < dim; i++) vector[i] = -vector[i]!;
  }
}

/** `v` (n × n, row by row) becomes the orthogonal matrix Q of A = Q T Qᵀ; `d` and `e` hold T's diagonals. */
function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array): void {
  const n = d.length;
  for (let j = 0; j < n; j++) d[j] = v[(n - 1) * n + j]!;
  for (let i = n - 1; i > 0; i--) d[i] = reduceRow(v, d, e, i);
  accumulate(v, d);
  e[0] = 0;
}

/** Removes row i's entries left of the subdiagonal by a Householder reflection; returns its scaled norm h. */
function reduceRow(v: Float64Array, d: Float64Array, e: Float64Array, i: number): number {
  const n = d.length;
  let scale = 0;
  for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
  if (scale === 0) {
    e[i] = d[i - 1]!;
    for (let j = 0; j < i; j++) {
      d[j] = v[(i - 1) * n + j]!;
      v[i * n + j] = 0;
      v[j * n + i] = 0;
    }
    return 0;
  }
  let h = 0;
  for (let k = 0; k < i; k++) {
    d[k] = d[k]! / scale;
    h += d[k]! * d[k]!;
  }
  const f = d[i - 1]!;
  const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= f * g;
  d[i - 1] = f - g;
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const dj = d[j]!;
    v[j * n + i] = dj;
    let sum = e[j]! + v[j * n + j]! * dj;
    for (let k = j + 1; k < i; k++) {
      sum += v[k * n + j]! * d[k]!;
      e[k] = e[k]! + v[k * n + j]! * dj;
    }
    e[j] = sum;
  }
  let dot = 0;
  for (let j = 0; j < i; j++) {
    e[j] = e[j]! / h;
    dot += e[j]! * d[j]!;
  }
  const shift = dot / (h + h);
  for (let j = 0; j < i; j++) e[j] = e[j]! - shift * d[j]!;
  for (let j = 0; j < i; j++) {
    const dj = d[j]!;
    const ej = e[j]!;
    for (let k = j; k < i; k++) v[k * n + j] = v[k * n + j]! - (dj * e[k]! + ej * d[k]!);
    d[j] = v[(i - 1) * n + j]!;
    v[i * n + j] = 0;
  }
  return h;
}

function accumulate(v: Float64Array, d: Float64Array): void {
  const n = d.length;
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k * n + i + 1]! / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[k * n + i + 1]! * v[k * n + j]!;
        for (let k = 0; k <= i; k++) v[k * n + j] = v[k * n + j]! - g * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j]!;
    v[(n - 1) * n + j] = 0;
  }
  v[n * n - 1] = 1;
}

/** Rotates T to its eigenvalues in `d`, and the rows of `u` (Qᵀ) with it, so that they end as eigenvectors. */
function diagonalise(u: Float64Array, d: Float64Array, e: Float64Array): void {
  const n = d.length;
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    for (let iteration = 0; m > l && Math.abs(e[l]!) > Number.EPSILON * largest; iteration++) {
      if (iteration === 60) throw new RangeError('symmetricEigen did not converge.');
      shift += implicitStep(u, d, e, l, m);
    }
    d[l] = d[l]! + shift;
    e[l] = 0;
  }
}

/** One implicit QL step on the block l..m; returns by how much the diagonal was shifted down. */
function implicitStep(u: Float64Array, d: Float64Array, e: Float64Array, l: number, m: number): number {
  const n = d.length;
  const first = d[l]!;
  let p = (d[l + 1]! - first) / (2 * e[l]!);
  let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
  d[l] = e[l]! / (p + r);
  d[l + 1] = e[l]! * (p + r);
  const next = d[l + 1]!;
  const h = first - d[l];
  for (let i = l + 2; i < n; i++) d[i] = d[i]! - h;
  p = d[m]!;
  let c = 1;
  let c2 = 1;
  let c3 = 1;
  let s = 0;
  let s2 = 0;
  const nextOff = e[l + 1]!;
  for (let i = m - 1; i >= l; i--) {
    c3 = c2;
    c2 = c;
    s2 = s;
    const g = c * e[i]!;
    const q = c * p;
    r = Math.hypot(p, e[i]!);
    e[i + 1] = s * r;
    s = e[i]! / r;
    c = p / r;
    p = c * d[i]! - s * g;
    d[i + 1] = q + s * (c * g + s * d[i]!);
    rotateRows(u, n, i, c, s);
  }
  p = (-s * s2 * c3 * nextOff * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
  return h;
}

function rotateRows(u: Float64Array, n: number, i: number, c: number, s: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const a = u[upper + k]!;
    const b = u[lower + k]!;
    u[lower + k] = s * a + c * b;
    u[upper + k] = c * a - s * b;
  }
}

function sorted(rows: Float64Array, values: Float64Array): Eigenpairs {
  const n = values.length;
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(rows.subarray(from * n, (from + 1) * n), to * n));
  fixSigns(vectors, n);
  return { values: Float64Array.from(order, (i) => values[i]!), vectors };
}

function transpose(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[j * n + i] = matrix[i * n + j]!;
  return out;
}
