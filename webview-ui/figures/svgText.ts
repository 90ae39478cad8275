/** Text as XML can hold it: control characters that no XML has are dropped, and halves of surrogate pairs. */
export function escapeXml(text: string): string {
  return text.replace(notXml, '').replace(/[&<>"']/g, (character) => entities[character]!);
}

const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Two decimals, without zeros that say nothing; `0` for what is no number. */
export function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100 + 0) : '0';
}

/** `name="value"` for each that is not `undefined`, with a blank before. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? number(value) : escapeXml(value!)}"`)
    .join('');
}

/** A colour as every reader of SVG knows it: without transparency, which stands beside it. */
export function colourOf(colour: string): { readonly colour: string; readonly opacity: number } {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim())?.[1];
  if (hex?.length === 3 || hex?.length === 4) return colourOf(`#${hex.replace(/./g, '$&$&')}`);
  if (hex?.length === 6) return { colour: `#${hex}`, opacity: 1 };
  if (hex?.length === 8) {
    return { colour: `#${hex.slice(0, 6)}`, opacity: Number.parseInt(hex.slice(6), 16) / 255 };
  }
  const channels = /^rgba?\(([^)]*)\)$/.exec(colour.trim())?.[1]?.split(/[\s,/]+/);
  if (channels && channels.length >= 3) {
    const [r, g, b] = channels.slice(0, 3).map((channel) => byteHex(Number.parseFloat(channel)));
    return { colour: `#${r!}${g!}${b!}`, opacity: Number.parseFloat(channels[3] ?? '1') };
  }
  return colour === 'transparent' ? { colour: 'none', opacity: 1 } : { colour, opacity: 1 };
}

function byteHex(value: number): string {
  const byte = Number.isFinite(value) ? Math.min(255, Math.max(0, Math.round(value))) : 0;
  return byte.toString(16).padStart(2, '0');
}
