import { homedir } from 'node:os';
import * as paths from 'node:path';
import * as vscode from 'vscode';
import { defaultStoreFolder, parseSettings, type SettingsPlace } from '../protocol/resolveSettings.ts';
import { type Settings, settingPrefix } from '../protocol/settings.ts';

/** Settings as they hold for a resource. Throws `settingInvalid` naming the key, the value and what is allowed. */
export function readSettings(resource: vscode.Uri | undefined): Settings {
  const configuration = vscode.workspace.getConfiguration(settingPrefix, resource);
  return parseSettings((name) => configuration.get<unknown>(name));
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
