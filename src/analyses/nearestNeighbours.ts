/** The k nearest others of every point, gathered pair by pair; of equal distances the smaller number is nearer. */
export class NearestNeighbours {
  readonly #n: number;
  readonly #k: number;
  readonly #distances: Float64Array;
  readonly #numbers: Int32Array;

  constructor(n: number, k: number) {
    this.#n = n;
    this.#k = k;
    this.#distances = new Float64Array(n * k).fill(Infinity);
    this.#numbers = new Int32Array(n * k).fill(-1);
  }

  offer(i: number, j: number, distance: number): void {
    this.#insert(i, j, distance);
    this.#insert(j, i, distance);
  }

  /** The mean of a value over the `k` nearest, at most as many as are kept, of each point. */
  meanOver(k: number, value: (point: number, neighbour: number) => number): Float64Array {
    return Float64Array.from({ length: this.#n }, (_, point) => {
      let sum = 0;
      for (let rank = 0; rank < k; rank++) sum += value(point, this.#numbers[point * this.#k + rank]!);
      return sum / k;
    });
  }

  #insert(point: number, other: number, distance: number): void {
    const first = point * this.#k;
    let at = first + this.#k - 1;
    const worst = this.#distances[at]!;
    if (distance > worst || (distance === worst && other > this.#numbers[at]!)) return;
    while (at > first) {
      const previous = this.#distances[at - 1]!;
      if (previous < distance || (previous === distance && this.#numbers[at - 1]! < other)) break;
      this.#distances[at] = previous;
      this.#numbers[at] = this.#numbers[at - 1]!;
      at--;
    }
    this.#distances[at] = distance;
    this.#numbers[at] = other;
  }
}
