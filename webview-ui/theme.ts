/** What charts need to know of the editor's theme. */
export interface Theme {
  readonly kind: ThemeKind;
  readonly background: string;
  readonly foreground: string;
  /** Text of second rank. */
  readonly muted: string;
  readonly grid: string;
  /** The zero line, and the frame of a chart. */
  readonly axis: string;
  /** Where chance alone would put a dot. */
  readonly noise: string;
  /** A dot that chance alone explains. */
  readonly noiseDot: string;
  readonly positive: string;
  readonly negative: string;
  readonly cross: string;
  /** Pairs of one person, and of two. */
  readonly matched: string;
  readonly unmatched: string;
  readonly fontFamily: string;
  readonly fontSizePx: number;
}

export type ThemeKind = 'light' | 'dark' | 'hcLight' | 'hcDark';

/**
 * The theme from the classes of `<body>` and its CSS variables. Greys are the editor's; the colours that
 * carry data are Okabe and Ito's blue and orange for modalities, green and purple for kinds of pairs, which
 * colour-blind readers tell apart, in the shade that has at least 3:1 against the background.
 */
export function themeFrom(bodyClasses: readonly string[], variable: (name: string) => string): Theme {
  const kind = themeKind(bodyClasses, variable('--vscode-editor-background'));
  const fallback = fallbacks[kind];
  const read = (name: string, otherwise: string) => variable(name).trim() || otherwise;
  const foreground = read('--vscode-editor-foreground', fallback.foreground);
  const highContrast = kind === 'hcLight' || kind === 'hcDark';
  return {
    kind,
    background: read('--vscode-editor-background', fallback.background),
    foreground,
    muted: highContrast ? foreground : read('--vscode-descriptionForeground', fallback.muted),
    grid: fallback.grid,
    axis: fallback.axis,
    noise: fallback.noise,
    noiseDot: highContrast ? foreground : noiseDot,
    ...dataColours[kind],
    cross: highContrast ? foreground : fallback.muted,
    fontFamily: read('--vscode-font-family', 'sans-serif'),
    fontSizePx: Number.parseFloat(variable('--vscode-font-size')) || 13,
  };
}

/** Black or white background by luminance, since a custom theme may call itself either. */
function themeKind(bodyClasses: readonly string[], background: string): ThemeKind {
  if (bodyClasses.includes('vscode-high-contrast-light')) return 'hcLight';
  if (bodyClasses.includes('vscode-high-contrast')) return 'hcDark';
  const luminance = relativeLuminance(background);
  if (luminance !== null) return luminance > 0.18 ? 'light' : 'dark';
  return bodyClasses.includes('vscode-light') ? 'light' : 'dark';
}

/** At least 3:1 against white and against the editor's dark. */
const noiseDot = '#8a8a8a';

export const dataColours = {
  light: { positive: '#0072b2', negative: '#c75000', matched: '#00795a', unmatched: '#a03f8a' },
  dark: { positive: '#56b4e9', negative: '#f0a030', matched: '#2fc29a', unmatched: '#dd93bd' },
  hcLight: { positive: '#00497a', negative: '#a03c00', matched: '#005c44', unmatched: '#7a2f66' },
  hcDark: { positive: '#6cc5ff', negative: '#ffb000', matched: '#4fe0b5', unmatched: '#ff9fd0' },
} as const satisfies Record<ThemeKind, Pick<Theme, 'positive' | 'negative' | 'matched' | 'unmatched'>>;

const fallbacks = {
  light: {
    background: '#ffffff',
    foreground: '#3b3b3b',
    muted: '#6b6b6b',
    grid: '#80808026',
    axis: '#80808099',
    noise: '#8080803d',
  },
  dark: {
    background: '#1f1f1f',
    foreground: '#cccccc',
    muted: '#9d9d9d',
    grid: '#80808033',
    axis: '#808080cc',
    noise: '#8080804d',
  },
  hcLight: {
    background: '#ffffff',
    foreground: '#292929',
    muted: '#292929',
    grid: '#0f4a8540',
    axis: '#292929',
    noise: '#29292938',
  },
  hcDark: {
    background: '#000000',
    foreground: '#ffffff',
    muted: '#ffffff',
    grid: '#6fc3df40',
    axis: '#ffffff',
    noise: '#ffffff47',
  },
} as const satisfies Record<
  ThemeKind,
  Pick<Theme, 'background' | 'foreground' | 'muted' | 'grid' | 'axis' | 'noise'>
>;

/** WCAG's relative luminance of `#rrggbb`, 0..1; `null` for any other notation. */
export function relativeLuminance(colour: string): number | null {
  const hex = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(colour.trim())?.[1];
  if (hex === undefined) return null;
  const [r, g, b] = [0, 2, 4].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
