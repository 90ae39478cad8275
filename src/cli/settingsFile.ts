import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, basename, join } from 'node:path';
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';
import { AppError } from '../domain/appError.ts';
import { type SettingName, settingNames, settingPrefix } from '../protocol/settings.ts';

export interface SettingsFile {
  /** What relative paths in the file are relative to: the workspace folder. */
  readonly baseFolder: string;
  readonly values: Readonly<Partial<Record<SettingName, unknown>>>;
}

/**
 * The `attributeLens.*` of a settings.json (comments and trailing commas allowed).
 * @param path absolute, or `null` for `.vscode/settings.json` of the current folder, where it exists.
 * @throws AppError settingInvalid: the file is missing, is no JSON, or holds an unknown `attributeLens.*`.
 */
export async function readSettingsFile(path: string | null, currentFolder: string): Promise<SettingsFile> {
  const standard = join(currentFolder, '.vscode', 'settings.json');
  if (path === null && !existsSync(standard)) return { baseFolder: currentFolder, values: {} };
  const file = path ?? standard;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('settingInvalid', `The settings file ${file} cannot be read.`, { file }, cause);
  });
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors[0] || typeof json !== 'object' || json === null) {
    const problem = errors[0]
      ? `${printParseErrorCode(errors[0].error)} at character ${errors[0].offset}`
      : 'no object';
    throw new AppError('settingInvalid', `The settings file ${file} is not valid JSON: ${problem}.`, {
      file,
    });
  }
  return { baseFolder: workspaceFolderOf(file), values: lensSettings(json, file) };
}

function lensSettings(json: object, file: string): Partial<Record<SettingName, unknown>> {
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const [key, value] of Object.entries(json)) {
    if (!key.startsWith(`${settingPrefix}.`)) continue;
    const name = settingNames.find((known) => key === `${settingPrefix}.${known}`);
    if (name === undefined) {
      throw new AppError(
        'settingInvalid',
        `${file} sets «${key}», which does not exist. Settings: ${settingNames.join(', ')}.`,
        { file, key },
      );
    }
    values[name] = value;
  }
  return values;
}

function workspaceFolderOf(file: string): string {
  const folder = dirname(file);
  return basename(folder) === '.vscode' ? dirname(folder) : folder;
}
