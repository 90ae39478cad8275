/**
 * What a file really is that was taken for an image or a model, as the end of a sentence that begins with
 * «it …»; `null` where nothing is recognised.
 */
export function describeForeignBytes(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'is empty';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512)).trimStart();
  if (start.startsWith('version https://git-lfs'))
    return 'is a git-LFS pointer, not the file itself; run «git lfs pull»';
  if (/^<(!doctype|html|head|body)/i.test(start)) return 'is an HTML page, perhaps a failed download';
  if (/^<\?xml/i.test(start)) return 'is an XML document';
  if (start.startsWith('%PDF')) return 'is a PDF document';
  if (start.startsWith('PK\u0003\u0004')) return 'is a ZIP archive (PyTorch saves its models so)';
  if (start.startsWith('\u0089HDF')) return 'is an HDF5 file (Keras saves its models so)';
  // AppleDouble: what macOS writes as ._name beside a file on foreign volumes.
  if (bytes[0] === 0x00 && bytes[1] === 0x05 && bytes[2] === 0x16 && bytes[3] === 0x07)
    return 'is an AppleDouble file of macOS, which holds no image';
  if (bytes.subarray(0, 512).every((byte) => byte === 0)) return 'holds only zeros';
  return null;
}
