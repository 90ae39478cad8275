import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { AppError, messageOf } from '../../domain/appError.ts';
import { type Comparison, comparisonSchema } from '../../protocol/comparisonSchema.ts';
import { type Report, reportSchema } from '../../protocol/report.ts';

/**
 * Writes a report so that a reader sees the old file or the new one, never half of one.
 * @throws AppError writeFailed, naming the file; internal where the report breaks its own schema.
 */
export function writeReport(file: string, report: Report): Promise<void> {
  return writeChecked(file, report, reportSchema, 'report');
}

/** The same for a comparison. */
export function writeComparison(file: string, comparison: Comparison): Promise<void> {
  return writeChecked(file, comparison, comparisonSchema, 'comparison');
}

async function writeChecked(file: string, content: object, schema: z.ZodType, noun: string): Promise<void> {
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    // A number that is no number must never reach a file: better no report than a wrong one.
    throw new AppError(
      'internal',
      `The ${noun} breaks its own schema: ${parsed.error.message}`,
      {},
      parsed.error,
    );
  }
  const temporary = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, reportText(content));
    await rename(temporary, file);
  } catch (error) {
    // Where even the clean-up fails, the first error says why.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new AppError(
      'writeFailed',
      `The ${noun} could not be written to ${file}: ${messageOf(error)}.`,
      { file },
      error,
    );
  }
}

/** JSON for people and version control: one property a line, but arrays of numbers and strings on one line. */
export function reportText(report: object): string {
  return `${format(report, '')}\n`;
}

function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const flat = list.every((item) => typeof item === 'number' || item === null);
    if (flat) return JSON.stringify(list);
    return `[\n${list.map((item) => inner + format(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${format(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
