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
 * A page about an extension is shown without the extension's folder: pictures become part of it, and a link to a
 * file beside it becomes its text. `pictures` are files by the paths that the page names them by.
 * Throws where one of them is missing.
 */
export function shippedReadme(readme: string, pictures: ReadonlyMap<string, Uint8Array>): string {
  return readme
    .replaceAll(/\b(src|srcset)="(?!\w+:)([^"]+)"/g, (_, attribute: string, path: string) => {
      const bytes = pictures.get(path);
      if (bytes === undefined) throw new Error(`README.md shows ${path}, which is not there.`);
      return `${attribute}="data:image/png;base64,${Buffer.from(bytes).toString('base64')}"`;
    })
    .replaceAll(/\[([^\]]+)\]\((?!\w+:|#)[^)]+\)/g, '$1');
}
