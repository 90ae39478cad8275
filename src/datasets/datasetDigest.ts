import { createHash, type Hash } from 'node:crypto';
import { AppError } from '../domain/appError.ts';
import type { AttributeRule } from '../domain/attributeColumn.ts';
import type { DatasetTable } from '../domain/datasetTable.ts';

/**
 * SHA-256, hex, of all that results depend on: for each row the path of the image, the digest of its content
 * (`null` where ready embeddings stand in for it), its identity's name and attribute values, and the names and
 * rules of the attributes. Independent of where the folder lies and of how identities are numbered.
 *
 * Each string goes in behind its length and each list behind its size, so that no two data sets share an
 * encoding.
 */
export function datasetDigest(table: DatasetTable, contentDigests: readonly (string | null)[]): string {
  const { images, identities, attributes } = table;
  if (contentDigests.length !== images.length) {
    throw new AppError(
      'internal',
      `There are ${contentDigests.length} content digests for ${images.length} images.`,
    );
  }
  const writer = new HashWriter();
  writer.text('attribute-lens.dataset.1');
  writer.number(images.length);
  writer.number(identities.known ? 1 : 0);
  const numbers = new Map<number, number>();
  images.forEach((image, row) => {
    const identity = identities.index[row]!;
    // By first appearance: a nameless image is a person of its own, even where a person is called like it.
    if (!numbers.has(identity)) numbers.set(identity, numbers.size);
    writer.text(image);
    writer.text(contentDigests[row]!);
    writer.number(numbers.get(identity)!);
    writer.text(identities.names[identity]!);
  });
  writer.number(attributes.length);
  for (const { name, rule, values } of attributes) {
    writer.text(name);
    for (const part of ruleParts(rule)) writer.text(part);
    writer.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return writer.digest();
}

/** The kind first: it says how many parts follow. */
function ruleParts(rule: AttributeRule): readonly string[] {
  switch (rule.kind) {
    case 'binary':
      return [rule.kind];
    case 'oneVsRest':
      return [rule.kind, rule.column, rule.value];
    case 'medianSplit':
      return [rule.kind, rule.column, String(rule.median)];
    case 'threshold':
      return [rule.kind, rule.column, String(rule.threshold)];
    case 'circularSplit':
      return [rule.kind, rule.column, String(rule.centre)];
    case 'pairwise':
      return [rule.kind, rule.column, rule.positive, rule.negative];
    case 'combination':
      return [rule.kind, rule.expression];
  }
}

const nullLength = 0xffff_ffff;
const flushBytes = 1 << 16;

/** Gathers small pieces: a call of the hash for each would cost more than the hashing. */
class HashWriter {
  readonly #hash: Hash = createHash('sha256');
  readonly #buffer = Buffer.alloc(flushBytes);
  #used = 0;

  number(value: number): void {
    if (this.#used + 4 > flushBytes) this.#flush();
    this.#used = this.#buffer.writeUInt32LE(value, this.#used);
  }

  text(value: string | null): void {
    if (value === null) this.number(nullLength);
    else this.bytes(Buffer.from(value, 'utf8'));
  }

  bytes(value: Uint8Array): void {
    this.number(value.byteLength);
    if (this.#used + value.byteLength > flushBytes) this.#flush();
    if (value.byteLength > flushBytes) {
      this.#hash.update(value);
    } else {
      this.#buffer.set(value, this.#used);
      this.#used += value.byteLength;
    }
  }

  digest(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #flush(): void {
    this.#hash.update(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }
}
