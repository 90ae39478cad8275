/** The platform that a native library is for, by its header; `null` for any other file. */
export function binaryPlatform(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 64) return null;
  // ELF, e_machine.
  if (buffer.readUInt32BE(0) === 0x7f454c46)
    return named('linux', buffer.readUInt16LE(18), { 62: 'x64', 183: 'arm64' });
  // Mach-O of 64 bit, cputype.
  if (buffer.readUInt32LE(0) === 0xfeedfacf)
    return named('darwin', buffer.readUInt32LE(4), { 0x01000007: 'x64', 0x0100000c: 'arm64' });
  if (buffer.toString('latin1', 0, 2) !== 'MZ') return null;
  const header = buffer.readUInt32LE(60);
  if (header + 6 > buffer.length || buffer.toString('latin1', header, header + 4) !== 'PE\0\0') return null;
  return named('win32', buffer.readUInt16LE(header + 4), { 0x8664: 'x64', 0xaa64: 'arm64' });
}

function named(os: string, machine: number, architectures: Readonly<Record<number, string>>): string {
  return `${os}-${architectures[machine] ?? `machine ${machine}`}`;
}
