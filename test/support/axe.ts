import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'playwright-core';

/** One element that breaks a rule of axe-core. */
export interface Finding {
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical';
  readonly rule: string;
  readonly target: string;
  readonly message: string;
}

const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * What axe-core finds on the page as it stands. Its source is evaluated by the debugger, which the page's policy does
 * not bind, so the page is the one that readers get.
 */
async function findings(page: Pick<Frame, 'evaluate'>): Promise<readonly Finding[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(source);
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  // Style sheets are of this origin: without preloading axe-core fetches nothing, which the policy forbids.
  return page.evaluate(`axe.run(document, { preload: false, resultTypes: ['violations'] })
    .then(({ violations }) => violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, any, all, none }) => ({
        impact: impact ?? 'minor',
        rule: id,
        target: target.flat().join(' '),
        message: [...any, ...all, ...none].map((check) => check.message).join('; '),
      }))))`);
}

/** The same, in words. */
export async function axeFindings(page: Pick<Frame, 'evaluate'>): Promise<readonly string[]> {
  return (await findings(page)).map(
    ({ impact, rule, target, message }) => `${impact} ${rule}: ${target}: ${message}`,
  );
}
