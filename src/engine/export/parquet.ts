import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Cell, CellKind, Table } from '../../../webview-ui/export/table.ts';

/** A table as Parquet: texts as UTF-8 strings, counts as 64 bit integers, other numbers as doubles, all nullable. */
export function tableAsParquet({ columns, rows }: Table): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, kind }, i) => ({
        name,
        type: types[kind],
        nullable: true,
        data: rows.map((cells) => valueOf(cells[i] ?? null, kind)),
      })),
    }),
  );
}

const types = {
  text: 'STRING',
  number: 'DOUBLE',
  count: 'INT64',
} as const satisfies Record<CellKind, string>;

function valueOf(cell: Cell, kind: CellKind): Cell | bigint {
  return kind === 'count' && typeof cell === 'number' ? BigInt(cell) : cell;
}
