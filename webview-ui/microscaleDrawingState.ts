import type { FieldDrawing } from '../src/protocol/microscaleSchema.ts';
import type { PageState } from '../src/protocol/webviewMessages.ts';

/** Fields of one identity, from aligned to unaligned. */
export interface DrawingsView {
  readonly identities: readonly string[];
  readonly identity: string;
  /** Most aligned first; those without an energy last. */
  readonly drawings: readonly FieldDrawing[];
  readonly selected: string | null;
}

/** @param all of one model. */
export function viewDrawings(
  all: readonly FieldDrawing[],
  selected: string | null,
  state: PageState,
): DrawingsView | null {
  const identities = [...new Set(all.map(({ identity }) => identity))];
  const identity = identities.find((one) => one === state.fieldIdentity) ?? identities[0];
  if (identity === undefined) return null;
  const drawings = all.filter((one) => one.identity === identity);
  const last = Number.POSITIVE_INFINITY;
  return {
    identities,
    identity,
    drawings: drawings.sort((a, b) => (a.energy ?? last) - (b.energy ?? last) || 0),
    selected,
  };
}
