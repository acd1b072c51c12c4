import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { ReadValues } from '../tree/census.ts';

interface Remembered {
  readonly row: TableRow;
  readonly value: string | undefined;
}

/** A process has another environment when it became another program, which mostly changes its name. */
const isSameProgram = (known: Remembered | undefined, { born, name }: TableRow): known is Remembered =>
  known !== undefined && known.row.born === born && known.row.name === name;

/**
 * Reads the value of one variable of each process once. For looking again and again; before anything is ended, each
 * environment is read afresh.
 */
export const rememberValues = (table: ProcessTable): ReadValues => {
  let remembered: ReadonlyMap<number, Remembered> = new Map();
  return (rows, variable) => {
    const fresh = rows.filter((row) => !isSameProgram(remembered.get(row.pid), row));
    const values = table.valuesOf(
      fresh.map(({ pid }) => pid),
      variable,
    );
    const known = remembered;
    const valueOf = (row: TableRow): string | undefined => {
      const before = known.get(row.pid);
      return isSameProgram(before, row) ? before.value : values.get(row.pid);
    };
    remembered = new Map(rows.map((row) => [row.pid, { row, value: valueOf(row) }]));
    return new Map([...remembered].flatMap(([pid, { value }]) => (value === undefined ? [] : [[pid, value] as const])));
  };
};
