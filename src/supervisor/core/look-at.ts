import type { ProcessTable, TableRow } from '../../model/process-table.ts';
import type { BirthMark } from '../../model/service.ts';

/** The process, if it still is that one and alive; the dead that wait for their parent are not. */
export const lookAt = (table: ProcessTable, mark: BirthMark | null): TableRow | null => {
  const row = mark?.boot === table.boot ? table.look(mark.pid) : null;
  return row === null || row.born !== mark?.born || row.state === 'zombie' ? null : row;
};

/** Those of some processes that are still alive, as they are now. The same list when nothing of them has changed. */
export const lookAgain = (table: ProcessTable, rows: readonly TableRow[]): readonly TableRow[] => {
  const now = rows.map(({ pid, born }) => {
    const row = table.look(pid);
    return row?.born === born && row.state !== 'zombie' ? row : null;
  });
  return now.every((row, index) => row === rows[index]) ? rows : now.filter((row) => row !== null);
};
