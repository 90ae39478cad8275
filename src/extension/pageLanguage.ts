/** Languages that the page is translated into, besides English. */
export const pageLanguages: readonly string[] = ['it'];

/** `null`: English. */
export function pageLanguage(language: string): string | null {
  return pageLanguages.find((one) => language === one || language.startsWith(`${one}-`)) ?? null;
}
