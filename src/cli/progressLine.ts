import type { Phase, Progress, Throughput } from '../domain/progress.ts';
import { throughputParts } from '../domain/throughputParts.ts';

const phaseNames = {
  scan: 'Scanning',
  decode: 'Measuring images',
  detect: 'Finding faces',
  embed: 'Embedding',
  analyze: 'Analysing',
  write: 'Writing',
} as const satisfies Record<Phase, string>;

/** Where progress goes: standard error, so that standard output holds results alone. */
export interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
}

/** A bar that redraws itself on a terminal; elsewhere one plain line for each tenth of a phase. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #phase: Phase | null = null;
  #tenth = -1;
  #drawn = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  update(progress: Progress): void {
    const share = progress.total === 0 ? 1 : progress.done / progress.total;
    if (this.#terminal.isTTY) {
      this.#terminal.write(`\r\u001b[K${bar(progress, share, this.#terminal.columns)}`);
      this.#drawn = true;
      return;
    }
    const tenth = Math.floor(share * 10);
    if (progress.phase === this.#phase && tenth === this.#tenth) return;
    this.#phase = progress.phase;
    this.#tenth = tenth;
    const speed = progress.throughput ? ` · ${throughputInWords(progress.throughput)}` : '';
    this.#terminal.write(`${phaseNames[progress.phase]} ${progress.done} of ${progress.total}${speed}\n`);
  }

  /** Clears the bar, so that what follows starts on a clean line. */
  clear(): void {
    if (this.#drawn) this.#terminal.write('\r\u001b[K');
    this.#drawn = false;
  }
}

function bar(progress: Progress, share: number, columns: number): string {
  const width = 24;
  const filled = Math.round(share * width);
  const head = `${phaseNames[progress.phase].padEnd(16)} ${'━'.repeat(filled)}${'─'.repeat(width - filled)} ${progress.done}/${progress.total} `;
  const rest = progress.throughput ? throughputInWords(progress.throughput) : progress.item;
  return (head + rest).slice(0, Math.max(20, columns - 1));
}

const waits = { decode: 'decode', align: 'alignment' } as const;

function throughputInWords(throughput: Throughput): string {
  const { imagesPerSecond, waitsFor, percent } = throughputParts(throughput);
  return `${imagesPerSecond} images/s${waitsFor === null ? '' : ` · waiting for ${waits[waitsFor]} ${percent} %`}`;
}
