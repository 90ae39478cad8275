/** Where a thread writes the pixels of one image. */
export interface PixelSlot {
  readonly slab: number;
  /** In bytes. */
  readonly offset: number;
}

/** Memory of many slots, shared with the threads. */
export interface PixelSlab {
  readonly id: number;
  readonly memory: SharedArrayBuffer;
}

const slotsPerSlab = 32;

/**
 * Memory that threads write pixels into and that is used again: an array for each image, handed from thread to
 * thread, would be collected in full while the device waits (0.04 ms an image of 112 × 112). Grows by a slab where
 * all slots are taken, and never shrinks.
 */
export class PixelSlots {
  readonly #bytesPerSlot: number;
  readonly #onSlab: (slab: PixelSlab) => void;
  readonly #slabs: PixelSlab[] = [];
  readonly #free: PixelSlot[] = [];
  readonly #lent = new Map<Uint8Array, PixelSlot>();

  /** `onSlab` hears of new memory before a slot of it is given out. */
  constructor(bytesPerSlot: number, onSlab: (slab: PixelSlab) => void) {
    this.#bytesPerSlot = bytesPerSlot;
    this.#onSlab = onSlab;
  }

  get slabs(): readonly PixelSlab[] {
    return this.#slabs;
  }

  take(): PixelSlot {
    if (this.#free.length === 0) this.#grow();
    return this.#free.pop()!;
  }

  /** The bytes of a slot, until `release` is told of them. */
  lend(slot: PixelSlot): Uint8Array {
    const { memory } = this.#slabs[slot.slab]!;
    const pixels = new Uint8Array(memory, slot.offset, this.#bytesPerSlot);
    this.#lent.set(pixels, slot);
    return pixels;
  }

  giveBack(slot: PixelSlot): void {
    this.#free.push(slot);
  }

  /** What is not lent is left alone. */
  release(pixels: Uint8Array): void {
    const slot = this.#lent.get(pixels);
    if (!slot) return;
    this.#lent.delete(pixels);
    this.giveBack(slot);
  }

  #grow(): void {
    const slab = {
      id: this.#slabs.length,
      memory: new SharedArrayBuffer(slotsPerSlab * this.#bytesPerSlot),
    };
    this.#slabs.push(slab);
    for (let slot = slotsPerSlab - 1; slot >= 0; slot--)
      this.#free.push({ slab: slab.id, offset: slot * this.#bytesPerSlot });
    this.#onSlab(slab);
  }
}
