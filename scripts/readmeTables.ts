/** The README's tables of commands and platforms, Markdown. */
import type { Provider } from '../src/domain/provider.ts';
import { providersToTry } from '../src/models/platformProviders.ts';
import { platformOf, type Target, targets } from './packaging/targets.ts';

export interface Contributions {
  readonly commands: readonly {
    readonly command: string;
    readonly category: string;
    readonly title: string;
  }[];
  readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
}

/**
 * A row for each command of the palette, with the menus that offer it, too. `texts` are those of `package.nls.json`,
 * which the manifest names as `%key%`.
 */
export function commandsTable(
  { commands, menus }: Contributions,
  texts: Readonly<Record<string, string>>,
): string {
  const plain = (text: string) => text.replace(/^%(.+)%$/, (_, key: string) => texts[key] ?? key);
  const isHidden = (name: string) =>
    (menus['commandPalette'] ?? []).some(({ command, when }) => command === name && when === 'false');
  const rows = commands
    .filter(({ command }) => !isHidden(command))
    .map(({ command, category, title }) => {
      const offers = Object.entries(menus).flatMap(([menu, items]) =>
        items.flatMap((item) => (item.command === command ? menuName(menu, item.when ?? '') : [])),
      );
      return `| \`${plain(category)}: ${plain(title)}\` | ${[...new Set(offers)].join(', ')} |`;
    });
  return ['| Command | Also in the menu of |', '| --- | --- |', ...rows].join('\n');
}

/** Where a menu opens, for those that a person finds by what they click. */
function menuName(menu: string, when: string): string[] {
  if (menu.startsWith('view/')) return ['the view Attribute Lens'];
  if (menu === 'editor/title') return ['an open report'];
  if (menu !== 'explorer/context') return [];
  if (when.includes('explorerResourceIsFolder')) return ['a folder'];
  if (when.includes('.onnx')) return ['an `.onnx` file'];
  return when.includes('attrlens') ? ['a report'] : [];
}

const platformNames = {
  'linux-x64': 'Linux, x64, glibc 2.28 or later',
  'linux-arm64': 'Linux, ARM64, glibc 2.28 or later',
  'win32-x64': 'Windows, x64',
  'win32-arm64': 'Windows, ARM64',
  'darwin-arm64': 'macOS, Apple silicon',
} as const satisfies Record<Target, string>;

const providerNames = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
} as const satisfies Record<Provider, string>;

/** A row for each platform that has a package, with the providers that `auto` tries there, in its order. */
export function platformsTable(): string {
  const rows = targets.map((target) => {
    const { os, cpu } = platformOf(target);
    const platform = { os, arch: cpu, hasNvidiaDevice: true, hasGraphicsDevice: true };
    const tried = providersToTry('auto', platform).map((provider) => providerNames[provider]);
    return `| ${platformNames[target]} | \`--target ${target}\` | ${tried.join(', ')} |`;
  });
  return ['| Platform | Made by `npm run package --` | `auto` tries |', '| --- | --- | --- |', ...rows].join(
    '\n',
  );
}
