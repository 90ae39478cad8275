import type { Modality } from '../domain/attributeColumn.ts';
import { type BinnedKs, binnedKs, gapBounds } from '../numerics/binnedKs.ts';
import type { LabelCounts, ScanBins } from '../numerics/pairScanner.ts';
import { binEdges, type Span, tiedBins, zoom } from '../numerics/scanBinning.ts';

/** KS of one modality, between `statistic` and `upper`. */
export interface BoundedKs extends BinnedKs {
  /** Never below `statistic`. */
  readonly upper: number;
  /** Where the gap of `statistic` is reached. */
  readonly location: number;
}

/** Closer bounds are not looked for. */
export const ksTolerance = 1e-5;

/** A pass over all pairs: the counts of each attribute. */
export interface Pass {
  readonly bins: ScanBins;
  readonly counts: readonly LabelCounts[];
}

/** And how many pairs each bin holds, where it lies, and whether what it holds is tied. */
interface KnownPass extends Pass {
  readonly mass: Float64Array;
  readonly edges: Float64Array;
  readonly tied: Uint8Array;
}

/**
 * Bounds of every test from a pass over all pairs, and from at most `refinementPasses` more, whose bins all go to
 * where a gap larger than the largest known one by more than `ksTolerance` can still be. Tests for which that is
 * nearly everywhere, since their distributions hardly differ, wait until the others are done.
 *
 * `precision` of the distances: what lies closer together is tied.
 */
export async function refineKs(
  first: Pass,
  precision: number,
  refinementPasses: number,
  scan: (pass: number, bins: ScanBins) => Promise<readonly LabelCounts[]>,
): Promise<Readonly<Record<Modality, BoundedKs>>[]> {
  const tests = first.counts.flatMap((_, attribute) => [
    new Test(attribute, 'withinPositive'),
    new Test(attribute, 'withinNegative'),
  ]);
  const inside = new Uint8Array(first.bins.nBins).fill(1);
  const known = know(first, precision);
  const total = known.mass.reduce((sum, mass) => sum + mass, 0);
  for (const test of tests) {
    test.raise(known);
    test.split(known, inside);
  }
  for (let pass = 1; pass <= refinementPasses; pass++) {
    const chosen = testsOfPass(tests, total);
    if (chosen.length === 0) break;
    const { bins, isInside } = zoom(distinctSpans(chosen), precision);
    const next = know({ bins, counts: await scan(pass, bins) }, precision);
    for (const test of tests) test.raise(next);
    for (const test of chosen) test.split(next, isInside);
  }
  return first.counts.map((_, attribute) => ({
    positive: tests[2 * attribute]!.result(),
    negative: tests[2 * attribute + 1]!.result(),
  }));
}

function know(pass: Pass, precision: number): KnownPass {
  return {
    ...pass,
    mass: massOf(pass.counts),
    edges: binEdges(pass.bins),
    tied: tiedBins(pass.bins, precision),
  };
}

/** A part of the distances, and what the gap can be inside it at most. */
interface BoundedSpan extends Span {
  readonly bound: number;
}

/** A modality of an attribute. */
class Test {
  readonly #attribute: number;
  readonly #kind: 'withinPositive' | 'withinNegative';
  #best: BinnedKs & { readonly location: number } = {
    statistic: -1,
    sign: 1,
    bin: 0,
    cdfFirst: 0,
    cdfSecond: 0,
    location: 0,
  };
  #spans: readonly BoundedSpan[] = [];
  /** Of spans that are not looked into any more. */
  #closedUpper = 0;

  constructor(attribute: number, kind: 'withinPositive' | 'withinNegative') {
    this.#attribute = attribute;
    this.#kind = kind;
  }

  /** Takes the gaps at the ends of bins into account. */
  raise({ edges, counts }: KnownPass): void {
    const { [this.#kind]: within, cross } = counts[this.#attribute]!;
    const ks = binnedKs(within, cross);
    if (ks.statistic <= this.#best.statistic) return;
    this.#best = { ...ks, location: edges[ks.bin + 1]! };
  }

  /** Puts the bins of a pass that lie inside in the place of all open spans. */
  split({ counts, mass, edges, tied }: KnownPass, isInside: Uint8Array): void {
    const { [this.#kind]: within, cross } = counts[this.#attribute]!;
    const spans: BoundedSpan[] = [];
    gapBounds(within, cross).forEach((bound, bin) => {
      if (isInside[bin] === 0 || tied[bin] === 1) return;
      spans.push({ from: edges[bin]!, to: edges[bin + 1]!, mass: mass[bin]!, bound });
    });
    this.#spans = spans;
  }

  /** Spans in which a larger gap can be; the others are closed for good. */
  openSpans(): readonly BoundedSpan[] {
    const limit = this.#best.statistic + ksTolerance;
    for (const { bound } of this.#spans)
      if (bound <= limit && bound > this.#closedUpper) this.#closedUpper = bound;
    this.#spans = this.#spans.filter(({ bound }) => bound > limit);
    return this.#spans;
  }

  result(): BoundedKs {
    let upper = Math.max(this.#best.statistic, this.#closedUpper);
    for (const { bound } of this.#spans) if (bound > upper) upper = bound;
    return { ...this.#best, upper: Math.min(1, upper) };
  }
}

/** As many as share an eighth of the distances, those first whose open spans hold the fewest. */
function testsOfPass(tests: readonly Test[], total: number): Test[] {
  const open = tests
    .map((test) => ({ test, mass: massOfSpans(test.openSpans()) }))
    .filter(({ test }) => test.openSpans().length > 0)
    .sort((a, b) => a.mass - b.mass);
  const chosen: Test[] = [];
  for (const { test } of open) {
    if (chosen.length > 0 && massOfSpans(distinctSpans([...chosen, test])) > total / 8) break;
    chosen.push(test);
  }
  return chosen;
}

/** The open spans of some tests, each once: those of one pass are the same for all. */
function distinctSpans(tests: readonly Test[]): Span[] {
  const spans = new Map<string, Span>();
  for (const test of tests) for (const span of test.openSpans()) spans.set(`${span.from} ${span.to}`, span);
  return [...spans.values()];
}

function massOfSpans(spans: readonly Span[]): number {
  return spans.reduce((sum, { mass }) => sum + mass, 0);
}

/** How many pairs each bin holds, those of all attributes added up. */
function massOf(counts: readonly LabelCounts[]): Float64Array {
  const mass = new Float64Array(counts[0]!.cross.length);
  for (const kinds of counts) {
    for (const ofKind of [kinds.withinPositive, kinds.withinNegative, kinds.cross]) {
      for (let bin = 0; bin < mass.length; bin++) mass[bin]! += ofKind[bin]!;
    }
  }
  return mass;
}
