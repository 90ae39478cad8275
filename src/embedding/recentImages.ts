/**
 * The images decoded last: all points of a lattice that share an image come one after another, and decode it once.
 * A failure is not kept.
 */
export class RecentImages<T extends { readonly pixels: Uint8Array }> {
  readonly #maxBytes: number;
  readonly #images = new Map<string, { readonly image: Promise<T>; bytes: number }>();

  constructor(maxBytes = 64 * 2 ** 20) {
    this.#maxBytes = maxBytes;
  }

  get(path: string, read: (path: string) => Promise<T>): Promise<T> {
    const known = this.#images.get(path);
    if (known) {
      // A map keeps the order of insertion: the most recent last.
      this.#images.delete(path);
      this.#images.set(path, known);
      return known.image;
    }
    const entry = { image: read(path), bytes: 0 };
    this.#images.set(path, entry);
    void entry.image.then(
      ({ pixels }) => {
        entry.bytes = pixels.length;
        this.#forgetOldest();
      },
      () => this.#images.delete(path),
    );
    return entry.image;
  }

  #forgetOldest(): void {
    let bytes = [...this.#images.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [path, entry] of this.#images) {
      if (bytes <= this.#maxBytes || this.#images.size === 1) return;
      this.#images.delete(path);
      bytes -= entry.bytes;
    }
  }
}
