import { homedir } from 'node:os';
import * as paths from 'node:path';
import * as vscode from 'vscode';
import {
  defaultStoreFolder,
  parseSetting,
  parseSettings,
  type SettingsPlace,
} from '../protocol/resolveSettings.ts';
import { type SettingName, type Settings, settingPrefix } from '../protocol/settings.ts';

/** Settings as they hold for a resource. Throws `settingInvalid` naming the key, the value and what is allowed. */
export function readSettings(resource: vscode.Uri | undefined): Settings {
  const configuration = vscode.workspace.getConfiguration(settingPrefix, resource);
  return parseSettings((name) => configuration.get<unknown>(name));
}

/** One setting; its default where the value is not allowed, for whoever only looks. */
export function lookAtSetting<K extends SettingName>(name: K, resource: vscode.Uri | undefined): Settings[K] {
  const value = vscode.workspace.getConfiguration(settingPrefix, resource).get<unknown>(name);
  try {
    return parseSetting(name, value) as Settings[K];
  } catch {
    return parseSetting(name, undefined) as Settings[K];
  }
}

/** What relative paths in the settings are relative to. */
export function settingsPlace(baseFolder: string): SettingsPlace {
  const home = homedir();
  return {
    baseFolder,
    home,
    paths,
    defaultStoreFolder: defaultStoreFolder({ platform: process.platform, env: process.env, home, paths }),
  };
}
