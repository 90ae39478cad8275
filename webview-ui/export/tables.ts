import type { Report } from '../../src/protocol/report.ts';
import { dataTables } from './dataTables.ts';
import { inputTables } from './inputTables.ts';
import { macroscaleTables } from './macroscaleTables.ts';
import { microscaleTables } from './microscaleTables.ts';
import type { Table } from './table.ts';
import { verificationTables } from './verificationTables.ts';

/**
 * Everything that a report holds as flat tables, numbers as they are in it; the one definition of their columns,
 * of which the page's copied tables are made, too. Tables without a row are left out.
 */
export function reportTables(report: Report): readonly Table[] {
  return [
    ...macroscaleTables(report),
    ...verificationTables(report),
    ...microscaleTables(report),
    ...dataTables(report),
    ...inputTables(report),
  ].filter(({ rows }) => rows.length > 0);
}
