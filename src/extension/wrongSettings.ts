import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { isAppError } from '../domain/appError.ts';
import { parseSetting } from '../protocol/resolveSettings.ts';
import { type SettingName, settingNames, settingPrefix } from '../protocol/settings.ts';

export interface WrongSetting {
  /** With the prefix. */
  readonly key: string;
  /** Names the value and what is allowed. */
  readonly message: string;
  /** Of the value, or the part of it that is wrong, in characters of the text. */
  readonly offset: number;
  readonly length: number;
}

/** A `.code-workspace` keeps settings under a key of its own. */
export type SettingsFileKind = 'settings' | 'codeWorkspace';

/** Settings of this extension whose values are not allowed, where they stand. Broken JSON is read as far as it goes. */
export function findWrongSettings(text: string, kind: SettingsFileKind): readonly WrongSetting[] {
  return settingsIn(text, kind).flatMap(({ name, key, value }) => {
    const wrong = whatIsWrong(name, getNodeValue(value));
    if (wrong === null) return [];
    const { offset, length } = partOf(value, wrong.at) ?? value;
    return [{ key, message: wrong.message, offset, length }];
  });
}

/** Where a setting's value stands; `null` where the text does not set it. */
export function locateSetting(
  text: string,
  kind: SettingsFileKind,
  key: string,
): { readonly offset: number; readonly length: number } | null {
  return settingsIn(text, kind).find((one) => one.key === key)?.value ?? null;
}

interface Found {
  readonly name: SettingName;
  readonly key: string;
  readonly value: Node;
}

function settingsIn(text: string, kind: SettingsFileKind): readonly Found[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const settings = root && kind === 'codeWorkspace' ? findNodeAtLocation(root, ['settings']) : root;
  return (settings?.children ?? []).flatMap((property) => {
    const [keyNode, value] = property.children ?? [];
    const key: unknown = keyNode?.value;
    const name = settingNames.find((one) => key === `${settingPrefix}.${one}`);
    return name === undefined || !value ? [] : [{ name, key: `${settingPrefix}.${name}`, value }];
  });
}

function whatIsWrong(
  name: SettingName,
  value: unknown,
): { readonly message: string; readonly at: string } | null {
  try {
    // `null` would take the default, as an absent setting does.
    parseSetting(name, value);
    return null;
  } catch (error) {
    if (!isAppError(error, 'settingInvalid')) throw error;
    return { message: error.message, at: String(error.data['at'] ?? '') };
  }
}

function partOf(value: Node, at: string): Node | undefined {
  if (at === '') return undefined;
  const path = at.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return findNodeAtLocation(value, path);
}
