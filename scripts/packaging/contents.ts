import { binaryPlatform } from './binaries.ts';
import { onnxruntimeFiles, platformOf, type Target } from './targets.ts';
import type { ZipEntry } from './zip.ts';

export const maxPackageBytes = 100e6;

/** What is wrong with the contents of a package, a sentence for each; nothing where it may be shipped. */
export function contentFaults(entries: readonly ZipEntry[], target: Target): string[] {
  const paths = entries.map(({ path }) => path);
  const binaries = nativeBinaries(target);
  const isBinary = (path: string) => binaries.some((pattern) => pattern.test(path));
  const foreign = paths.filter((path) => !isBinary(path) && !allowed.some((pattern) => pattern.test(path)));
  return [
    ...foreign.map((path) => `${path} does not belong into the package.`),
    ...binaries.flatMap((pattern) => onlyOne(pattern, paths)),
    ...[...required, ...namedFiles(entries)]
      .filter((path) => !paths.includes(path))
      .map((path) => `${path} is missing.`),
    ...entries
      .filter(({ path }) => isBinary(path))
      .flatMap(({ path, bytes }) => {
        const platform = binaryPlatform(bytes());
        return platform === target
          ? []
          : [`${path} is for ${platform ?? 'no platform'} instead of ${target}.`];
      }),
  ];
}

function onlyOne(pattern: RegExp, paths: readonly string[]): string[] {
  const found = paths.filter((path) => pattern.test(path));
  return found.length === 1 ? [] : [`${found.length} files instead of one are ${pattern.source}.`];
}

/** Files that the manifest names, wherever it does. */
function namedFiles(entries: readonly ZipEntry[]): string[] {
  const manifest = entries.find(({ path }) => path === 'extension/package.json');
  if (manifest === undefined) return [];
  const named: string[] = [];
  JSON.parse(Buffer.from(manifest.bytes()).toString(), (_, value: unknown) => {
    const path =
      typeof value === 'string' ? /^(?:\.\/)?((?:dist|media|schemas|l10n)\/\S+)$/.exec(value)?.[1] : null;
    if (path) named.push(`extension/${path}`);
    return value;
  });
  return named;
}

const modules = 'extension/dist/node_modules';

/** Each is there once. */
function nativeBinaries(target: Target): RegExp[] {
  const { os, cpu } = platformOf(target);
  const sharp = `${modules}/@img/sharp-${target}/lib`;
  const vips = `${modules}/@img/sharp-libvips-${target}/lib`;
  const libraries = {
    linux: [`${vips}/libvips-cpp.so[.\\d]+`],
    darwin: [`${vips}/libvips-cpp[.\\d]+dylib`],
    win32: [`${sharp}/libvips-\\d+.dll`, `${sharp}/libvips-cpp-[\\d.]+dll`],
  } as const satisfies Record<typeof os, readonly string[]>;
  const paths = [
    ...onnxruntimeFiles[os].map((file) => `${modules}/onnxruntime-node/bin/napi-v\\d+/${os}/${cpu}/${file}`),
    `${sharp}/sharp-${target}-[\\d.]+node`,
    ...libraries[os],
  ];
  return paths.map(wholePath);
}

const required = [
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/THIRD-PARTY-NOTICES.txt',
  'extension/media/icon.png',
  'extension/docs/definitions.md',
  'extension/schemas/attrlens.schema.json',
  'extension/schemas/comparison.schema.json',
  'extension/schemas/report.schema.json',
  'extension/dist/extension.cjs',
  'extension/dist/onUse.cjs',
  'extension/dist/engine.cjs',
  'extension/dist/cli.cjs',
  'extension/dist/cropWorker.cjs',
  'extension/dist/inferenceWorker.cjs',
  'extension/dist/scanWorker.cjs',
  'extension/dist/webview/report.js',
  'extension/dist/webview/report.css',
];

/** Everything else that may be there, besides binaries. */
const allowed: readonly RegExp[] = [
  ...required.map(wholePath),
  /^\[Content_Types\]\.xml$/,
  /^extension\/package\.nls(\.[a-z-]+)?\.json$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/media\/([\w-]+\/)*[\w-]+\.(png|svg|md)$/,
  /^extension\/dist\/\w+\.cjs$/,
  /^extension\/dist\/webview\/(l10n\.)?[\w-]+\.(js|css)$/,
  ...[
    'onnxruntime-node/dist/\\w+.js',
    'onnxruntime-common/dist/cjs/[\\w./-]+(?<!.d).js(on)?',
    'sharp/dist/\\w+.[cm]js',
    '@img/colour/\\w+.cjs',
    '@img/sharp-[\\w-]+/(index.cjs|versions.json|README.md)',
    '@img/sharp-wasm32/lib/sharp-wasm32-[\\d.]+node.(js|wasm)',
    '@emnapi/runtime/(index|dist/emnapi.cjs(.min)?).js',
    'detect-libc/lib/[\\w-]+.js',
    'semver/([a-z]+/)?[\\w-]+.js',
    '(@[a-z]+/)?[a-z0-9-]+/(package.json|LICENSE(.md|.txt)?)',
  ].map((path) => wholePath(`${modules}/${path}`)),
];

/** A pattern whose dots are dots. */
function wholePath(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.')}$`);
}
