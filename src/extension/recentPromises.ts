/** Answers by key, asked for once; the least recently used go when there are too many. A failed one is asked for again. */
export class RecentPromises<T> {
  readonly #limit: number;
  /** Least recently used first. */
  readonly #answers = new Map<string, Promise<T>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Promise<T> | undefined {
    const answer = this.#answers.get(key);
    if (answer) this.#put(key, answer);
    return answer;
  }

  set(key: string, answer: Promise<T>): void {
    this.#put(key, answer);
    answer.catch(() => {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#limit && oldest !== undefined) this.#answers.delete(oldest);
  }

  #put(key: string, answer: Promise<T>): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
  }
}
