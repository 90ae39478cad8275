/** «600 12px Helvetica, Arial» */
export function fontOf(font: string) {
  const match =
    /^(?:(italic|oblique|normal)\s+)?(?:(\d{3}|bold|normal)\s+)?([\d.]+)px(?:\/\S+)?\s+(.+)$/.exec(
      font.trim(),
    );
  const [, style, weight, size, family] = match ?? [];
  return {
    style: style === 'normal' ? undefined : style,
    weight: weight === 'normal' || weight === '400' ? undefined : weight,
    isBold: weight === 'bold' || Number(weight) >= 600,
    sizePx: Number.parseFloat(size ?? '10'),
    family: family ?? 'sans-serif',
  };
}
