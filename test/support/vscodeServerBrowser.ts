import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { chromiumPath } from './ensureBrowser.ts';

/** Chromium as the window of a VS Code server. */
export async function openBrowser(): Promise<{ browser: Browser; context: BrowserContext }> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    // Colours on their way from one to another are neither.
    reducedMotion: 'reduce',
  });
  return { browser, context };
}
