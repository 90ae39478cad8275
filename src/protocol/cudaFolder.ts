import type { PathFunctions } from './resolveSettings.ts';

/** Where the command line keeps CUDA support; the editor has a place of its own for it. */
export function defaultCudaFolder(place: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly paths: Pick<PathFunctions, 'join'>;
}): string {
  const { env, home, paths } = place;
  const data = env['XDG_DATA_HOME'];
  return paths.join(
    data === undefined || data === '' ? paths.join(home, '.local', 'share') : data,
    'attribute-lens',
    'cuda',
  );
}
