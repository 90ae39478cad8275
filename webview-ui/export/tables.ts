import type { Projection } from '../../src/protocol/projectionSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import { dataTables } from './dataTables.ts';
import { inputTables } from './inputTables.ts';
import { macroscaleTables } from './macroscaleTables.ts';
import { microscaleTables } from './microscaleTables.ts';
import { projectionTable } from './projectionTables.ts';
import type { Table } from './table.ts';
import { verificationTables } from './verificationTables.ts';

/**
 * Everything that a report holds as flat tables, numbers as they are in it; the one definition of their columns,
 * of which the page's copied tables are made, too. Tables without a row are left out.
 * @param projection of the report, where there is one.
 */
export function reportTables(report: Report, projection: Projection | null = null): readonly Table[] {
  return [
    ...macroscaleTables(report),
    ...verificationTables(report),
    ...microscaleTables(report),
    ...dataTables(report),
    ...inputTables(report),
    ...(projection ? [projectionTable(projection)] : []),
  ].filter(({ rows }) => rows.length > 0);
}
