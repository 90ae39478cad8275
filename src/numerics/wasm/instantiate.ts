/** The growing part of a module's memory. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** By pages of 64 KiB; views of the old buffer are void after it. */
  grow(pages: number): number;
}

/** What of WebAssembly is used: TypeScript has its types with those of the DOM, which do not belong here. */
interface Api {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Api }).WebAssembly;

const compiled = new Map<string, object>();

/** An instance of a module given as base64, its memory at least `bytes` large. Compiled once. */
export function instantiate(base64: string, bytes: number): { readonly memory: WasmMemory } {
  let module = compiled.get(base64);
  if (!module) {
    module = new Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    compiled.set(base64, module);
  }
  const exports = new Instance(module).exports as { readonly memory: WasmMemory };
  const missing = bytes - exports.memory.buffer.byteLength;
  if (missing > 0) exports.memory.grow(Math.ceil(missing / 65_536));
  return exports;
}
