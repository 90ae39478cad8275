/**
 * The protobuf wire format, as much as ONNX needs.
 * Reference: https://protobuf.dev/programming-guides/encoding/
 */

/** One field of a message as it stands in the file. All bytes are views, never copies. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly wire: WireType;
  /** The value of wire type 0; zero for others. */
  readonly varint: bigint;
  /** The payload of wire types 1, 2 and 5; empty for 0. */
  readonly bytes: Uint8Array;
  /** Tag and payload together, so that a field nobody understands is written back as it was. */
  readonly raw: Uint8Array;
}

export type WireType = 0 | 1 | 2 | 5;

/** Bytes that are no protobuf message. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** Splits a message into its fields, in file order. Throws `ProtobufError`. */
export function readFields(message: Uint8Array): Field[] {
  const cursor = { bytes: message, at: 0 };
  const fields: Field[] = [];
  while (cursor.at < message.length) {
    const start = cursor.at;
    const tag = readVarint(cursor);
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (!(number >= 1 && number < 2 ** 29))
      throw new ProtobufError(`field number ${number} at byte ${start}`);
    let varint = 0n;
    let bytes: Uint8Array = nothing;
    if (wire === 0) varint = readVarint(cursor);
    else if (wire === 1) bytes = take(cursor, 8);
    else if (wire === 2) bytes = take(cursor, Number(readVarint(cursor)));
    else if (wire === 5) bytes = take(cursor, 4);
    else throw new ProtobufError(`wire type ${wire} at byte ${start}`);
    fields.push({ number, wire, varint, bytes, raw: message.subarray(start, cursor.at) });
  }
  return fields;
}

/** Numbers of a repeated varint field, whether written one by one or packed. */
export function readVarints(field: Field): bigint[] {
  if (field.wire === 0) return [field.varint];
  const cursor = { bytes: expectWire(field, 2).bytes, at: 0 };
  const values: bigint[] = [];
  while (cursor.at < cursor.bytes.length) values.push(readVarint(cursor));
  return values;
}

/** Numbers of a repeated float field, whether written one by one or packed. */
export function readFloats(field: Field): number[] {
  if (field.wire !== 5) expectWire(field, 2);
  const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength);
  if (view.byteLength % 4 !== 0)
    throw new ProtobufError(`packed floats of ${view.byteLength} bytes in field ${field.number}`);
  return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** The payload of a string, bytes or message field. */
export function readBytes(field: Field): Uint8Array {
  return expectWire(field, 2).bytes;
}

export function readText(field: Field): string {
  return new TextDecoder().decode(readBytes(field));
}

/** A signed 64-bit integer. */
export function readInt(field: Field): bigint {
  return BigInt.asIntN(64, expectWire(field, 0).varint);
}

/** A message being written; fields come out in the order of their numbers, equal numbers in that of arrival. */
export class MessageWriter {
  readonly #entries: { readonly number: number; readonly chunks: readonly Uint8Array[] }[] = [];

  int(number: number, value: bigint | number): this {
    return this.#add(number, [encodeTag(number, 0), encodeVarint(BigInt.asUintN(64, BigInt(value)))]);
  }

  float(number: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#add(number, [encodeTag(number, 5), bytes]);
  }

  bytes(number: number, value: Uint8Array): this {
    return this.#add(number, [encodeTag(number, 2), encodeVarint(BigInt(value.length)), value]);
  }

  text(number: number, value: string): this {
    return this.bytes(number, new TextEncoder().encode(value));
  }

  /** Like `text`, but an empty string is left out. */
  optionalText(number: number, value: string): this {
    return value === '' ? this : this.text(number, value);
  }

  message(number: number, chunks: readonly Uint8Array[]): this {
    return this.#add(number, [encodeTag(number, 2), encodeVarint(BigInt(byteLength(chunks))), ...chunks]);
  }

  /** Fields as they were read. */
  verbatim(fields: readonly Field[]): this {
    for (const field of fields) this.#add(field.number, [field.raw]);
    return this;
  }

  /** The message in pieces; large payloads are still views of where they came from. */
  chunks(): Uint8Array[] {
    return this.#entries.toSorted((a, b) => a.number - b.number).flatMap((entry) => entry.chunks);
  }

  #add(number: number, chunks: readonly Uint8Array[]): this {
    this.#entries.push({ number, chunks });
    return this;
  }
}

/** The only place where payloads are copied. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(byteLength(chunks));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

const nothing = new Uint8Array(0);

function readVarint(cursor: Cursor): bigint {
  const start = cursor.at;
  let low = 0;
  // Most varints are tags and lengths below 2²⁸; the exact slow path is for the others.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = nextByte(cursor);
    low |= (byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt(low);
  }
  let value = BigInt(low);
  for (let shift = 28n; shift < 70n; shift += 7n) {
    const byte = nextByte(cursor);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new ProtobufError(`varint of more than ten bytes at byte ${start}`);
}

function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw new ProtobufError(`ends inside a number at byte ${cursor.at}`);
  cursor.at++;
  return byte;
}

function take(cursor: Cursor, length: number): Uint8Array {
  const end = cursor.at + length;
  if (!(end <= cursor.bytes.length))
    throw new ProtobufError(`a field of ${length} bytes at byte ${cursor.at} of ${cursor.bytes.length}`);
  const bytes = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return bytes;
}

function expectWire(field: Field, wire: WireType): Field {
  if (field.wire !== wire)
    throw new ProtobufError(`field ${field.number} has wire type ${field.wire} instead of ${wire}`);
  return field;
}

function encodeTag(number: number, wire: WireType): Uint8Array {
  return encodeVarint(BigInt(number * 8 + wire));
}

function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function byteLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
