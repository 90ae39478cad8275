/** 0 to n − 1 by steps of about the golden section, which has no divisor in common with n. */
export function mixedNumbers(n: number): Uint32Array {
  let step = Math.max(1, Math.round(n * 0.618034));
  while (greatestCommonDivisor(step, n) > 1) step++;
  const numbers = new Uint32Array(n);
  for (let i = 1; i < n; i++) numbers[i] = (numbers[i - 1]! + step) % n;
  return numbers;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
