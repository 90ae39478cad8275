/** The checksum of zip archives, part by part. Node has it only from 20.15 and 22.2 on. */
export class Crc32 {
  #state = 0xffffffff;

  add(bytes: Uint8Array): void {
    let state = this.#state;
    for (const byte of bytes) state = table[(state ^ byte) & 0xff]! ^ (state >>> 8);
    this.#state = state;
  }

  /** Without a sign. */
  get value(): number {
    return (this.#state ^ 0xffffffff) >>> 0;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
