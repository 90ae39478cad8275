import { createHash } from 'node:crypto';
import type { HostMessage } from '../../protocol/webviewMessages.ts';
import { contentId } from '../../../webview-ui/standaloneContent.ts';

/** Scripts and styles of the report page, and of what stands in for the editor. */
export interface PageParts {
  readonly reportScript: string;
  readonly reportStyle: string;
  readonly standaloneScript: string;
  readonly standaloneStyle: string;
}

/**
 * The report page as one file for any browser: scripts and styles in it, allowed by their digests alone, the report
 * as inert data, and nothing that could be fetched.
 */
export function standalonePage(
  content: Extract<HostMessage, { type: 'report' | 'comparison' }>,
  title: string,
  parts: PageParts,
): string {
  const styles = [parts.standaloneStyle, parts.reportStyle].map(styleText);
  const scripts = [parts.standaloneScript, parts.reportScript].map(scriptText);
  const policy = [
    `default-src 'none'`,
    `script-src ${scripts.map(digest).join(' ')}`,
    `style-src ${styles.map(digest).join(' ')}`,
    'img-src data: blob:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
${styles.map((text) => `<style>${text}</style>`).join('\n')}
</head>
<body>
<noscript>This page draws its report with a script, which this browser does not run.</noscript>
<script type="application/json" id="${contentId}">${dataText(content)}</script>
${scripts.map((text) => `<script>${text}</script>`).join('\n')}
</body>
</html>
`;
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** JSON in which nothing ends the block that it stands in, or begins another one. */
function dataText(content: unknown): string {
  return JSON.stringify(content).replaceAll('<', '\\u003c');
}

/**
 * A script in which nothing ends its element, or makes a browser look for its end elsewhere. In a bundle these stand
 * in texts and patterns only, where `\x3c` is the same.
 */
function scriptText(script: string): string {
  return newlines(script).replace(/<(?=\/?script|!--)/gi, '\\x3c');
}

function styleText(style: string): string {
  return newlines(style).replace(/<(?=\/style)/gi, '\\3c ');
}

/** A parser of HTML makes line feeds of all line ends, and the digest is of what it makes. */
function newlines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
