import { modalities, type Modality } from '../src/domain/attributeColumn.ts';
import type { Association, ConditionalRow, MacroscaleResult, Report } from '../src/protocol/report.ts';

/** Another attribute that goes together with the chosen one. */
export interface Confounder {
  readonly attribute: string;
  /** Over images, and over people's means; `null` where the report does not know. */
  readonly phi: number | null;
  readonly phiOfPeople: number | null;
  /** KS with it held fixed, positive first; empty where that was not computed. */
  readonly held: readonly ConditionalRow[];
}

/** Those that were held fixed, strongest association first; then others that go with it at least so much. */
export function confoundersOf(report: Report, result: MacroscaleResult, attribute: string): Confounder[] {
  const held = new Map<string, ConditionalRow[]>();
  for (const row of result.conditional) {
    if (row.attribute !== attribute) continue;
    held.set(row.given, [...(held.get(row.given) ?? []), row]);
  }
  const associations = associationsOf(report, attribute);
  const names = [...new Set([...held.keys(), ...strongest(associations, held)])];
  return names
    .map((name) => ({
      attribute: name,
      phi: associations.get(name)?.phi ?? null,
      phiOfPeople: associations.get(name)?.phiOfPeople ?? null,
      held: (held.get(name) ?? []).sort((a, b) => order(a.modality) - order(b.modality)),
    }))
    .sort(
      (a, b) => Number(b.held.length > 0) - Number(a.held.length > 0) || strength(b.phi) - strength(a.phi),
    );
}

/** Of one attribute with each other, by the other's name. */
export function associationsOf({ results }: Report, attribute: string): Map<string, Association> {
  const found = new Map<string, Association>();
  for (const one of results.associations) {
    if (one.kind !== 'attribute') continue;
    if (one.a === attribute) found.set(one.b, one);
    else if (one.b === attribute) found.set(one.a, one);
  }
  return found;
}

const weakestShown = 0.2;
const mostShown = 3;

function strongest(
  associations: ReadonlyMap<string, Association>,
  held: ReadonlyMap<string, unknown>,
): string[] {
  return [...associations]
    .filter(([name, { phi }]) => !held.has(name) && strength(phi) >= weakestShown)
    .sort(([, a], [, b]) => strength(b.phi) - strength(a.phi))
    .slice(0, mostShown)
    .map(([name]) => name);
}

function strength(phi: number | null): number {
  return phi === null ? 0 : Math.abs(phi);
}

function order(modality: Modality): number {
  return modalities.indexOf(modality);
}
