/** What package.json and README.md say inside a package. */

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const ofDevelopment = ['private', 'scripts', 'devDependencies', 'allowScripts'];

/** Without what is for development; dependencies are those that lie beside it, since all others are bundled. */
export function shippedManifest(manifest: Manifest, modules: readonly string[]): Manifest {
  const kept = Object.entries(manifest).filter(([field]) => !ofDevelopment.includes(field));
  const dependencies = Object.entries(manifest.dependencies).filter(([name]) => modules.includes(name));
  return {
    ...(Object.fromEntries(kept) as unknown as Manifest),
    dependencies: Object.fromEntries(dependencies),
  };
}

/**
 * VS Code shows the page of an extension without the extension's folder, and pictures of it from the web only. So
 * pictures are those under `picturesUrl`, or none; and a link to a file beside the page becomes its text.
 */
export function shippedReadme(readme: string, picturesUrl: string | null): string {
  const page =
    picturesUrl === null
      ? readme.replaceAll(/<picture>[^]*?<\/picture>\n*/g, '')
      : readme.replaceAll(
          /\b(src|srcset)="(?!\w+:)([^"]+)"/g,
          (_, attribute: string, path: string) => `${attribute}="${new URL(path, picturesUrl).href}"`,
        );
  return page.replaceAll(/\[([^\]]+)\]\((?!\w+:|#)[^)]+\)/g, '$1');
}
