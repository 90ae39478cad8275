import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/appError.ts';
import type { PageParts } from './standalonePage.ts';

/**
 * The page's bundles, which lie beside the program's own.
 * @throws AppError internal: the installation lacks one.
 */
export async function readPageParts(folder = join(import.meta.dirname, 'webview')): Promise<PageParts> {
  const read = async (name: string): Promise<string> => {
    const file = join(folder, name);
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      throw new AppError(
        'internal',
        `A part of Attribute Lens is missing: ${file}. Install it anew, or run the build.`,
        { file },
        error,
      );
    }
  };
  const [reportScript, reportStyle, standaloneScript, standaloneStyle] = await Promise.all([
    read('report.js'),
    read('report.css'),
    read('standalone.js'),
    read('standalone.css'),
  ]);
  return {
    reportScript: withoutMap(reportScript),
    reportStyle: withoutMap(reportStyle),
    standaloneScript: withoutMap(standaloneScript),
    standaloneStyle: withoutMap(standaloneStyle),
  };
}

/** A page of one file has no other one beside it. */
function withoutMap(text: string): string {
  return text.replace(/\n?(\/\/# |\/\*# )sourceMappingURL=.*\s*$/, '\n');
}
