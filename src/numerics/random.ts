/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, «Scrambled linear pseudorandom number
 * generators», 2021), its state filled from the seed by MurmurHash3's finaliser. Same seed, same numbers, on every platform.
 */
export class SeededRandom {
  readonly #seed: number;
  readonly #state = new Uint32Array(4);
  #spareNormal: number | null = null;

  /** `seed`: an integer from 0 to 2⁵³ − 1; else `RangeError`. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`A seed must be an integer from 0 to 2^53 − 1, not ${seed}.`);
    }
    this.#seed = seed;
    fillState(this.#state, seed);
  }

  /** Uniform on 0..2³² − 1. */
  nextUint32(): number {
    const s = this.#state;
    const s1 = s[1]!;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= s1 << 9;
    s[3] = rotateLeft(s[3]!, 11);
    return result;
  }

  /** Uniform on [0, 1), all 53 bits of a double's mantissa. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** Uniform on the integers 0..n − 1, n from 1 to 2³²; without the bias of a remainder. */
  nextInt(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) {
      throw new RangeError(`nextInt needs an integer from 1 to 2^32, not ${n}.`);
    }
    const limit = 0x100000000 - (0x100000000 % n);
    let x = this.nextUint32();
    while (x >= limit) x = this.nextUint32();
    return x % n;
  }

  /** Standard normal, by Marsaglia's polar method. */
  nextNormal(): number {
    const spare = this.#spareNormal;
    if (spare !== null) {
      this.#spareNormal = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.nextFloat() - 1;
      const y = 2 * this.nextFloat() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        this.#spareNormal = y * factor;
        return x * factor;
      }
    }
  }

  /** Every order equally likely, in place (Fisher and Yates). */
  shuffle(xs: Int32Array): void {
    for (let i = xs.length - 1; i > 0; i--) {
      const j = this.nextInt(i + 1);
      const x = xs[i]!;
      xs[i] = xs[j]!;
      xs[j] = x;
    }
  }

  /**
   * A stream of its own for each label. It depends on this generator's seed and the label alone, not on
   * what was drawn before, so that a new consumer never changes another's numbers.
   */
  fork(label: string): SeededRandom {
    return new SeededRandom(hash53(label, this.#seed));
  }
}

const golden = 0x9e3779b9;

/** Both halves of the seed reach every word, and words 0 and 2 differ, so that the state is never zero. */
function fillState(state: Uint32Array, seed: number): void {
  const low = mix((seed >>> 0) + golden);
  const both = mix(Math.floor(seed / 0x100000000) ^ low);
  for (let i = 0; i < 4; i++) state[i] = mix(both + Math.imul(i, golden)) ^ (i % 2 === 1 ? low : 0);
}

/** Finaliser of MurmurHash3, a bijection of 32 bits. */
function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 53 bits from two multiplicative hashes of the UTF-16 units, each begun with a half of the seed. */
function hash53(label: string, seed: number): number {
  let a = mix((seed >>> 0) ^ 0xdeadbeef);
  let b = mix(Math.floor(seed / 0x100000000) ^ Math.imul(seed >>> 0, 0x9e3779b1) ^ 0x41c6ce57);
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b ^ unit, 0x5f356495);
    b ^= b >>> 13;
  }
  const high = mix(a ^ rotateLeft(b, 16)) & 0x1fffff;
  const low = mix(b ^ Math.imul(a, 0x85ebca6b));
  return high * 0x100000000 + low;
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}
