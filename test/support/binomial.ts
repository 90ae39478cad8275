/** P(X ≥ k) for X binomial, by summing it from the upper end: the tail is what small values are made of. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  let tail = 0;
  for (let i = n; i >= k; i--) tail += binomialProbability(i, n, p);
  return Math.min(1, tail);
}

/** P(X ≤ k). */
export function binomialLowerTail(k: number, n: number, p: number): number {
  let tail = 0;
  for (let i = 0; i <= k; i++) tail += binomialProbability(i, n, p);
  return Math.min(1, tail);
}

function binomialProbability(k: number, n: number, p: number): number {
  let log = k * Math.log(p) + (n - k) * Math.log1p(-p);
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  return Math.exp(log);
}
