import { closeSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';
import { parseNetRow } from './parse-net.ts';

/** The length of a row and of the heading. */
const ROW_BYTES = 150;

/** Rows of one socket table, one read each. */
interface RowReader {
  /** Port and socket number of the next listener; `null` when there is none left. */
  readonly next: () => { readonly port: number; readonly inode: number } | null;
  readonly close: () => void;
}

const NO_ROWS: RowReader = { next: () => null, close: () => undefined };

const openTable = (path: string): number | null => {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

const readRows = (path: string): RowReader => {
  const descriptor = openTable(path);
  if (descriptor === null) return NO_ROWS;
  const chunk = Buffer.allocUnsafe(ROW_BYTES);
  let text = '';
  const line = (): string | null => {
    for (;;) {
      const end = text.indexOf('\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 1);
        return found;
      }
      const length = readSync(descriptor, chunk, 0, ROW_BYTES, null);
      if (length === 0) return null;
      text += chunk.toString('latin1', 0, length);
    }
  };
  line();
  return {
    next: () => {
      const row = parseNetRow(line() ?? '', 'tcp');
      return row?.state === 'listening' ? row : null;
    },
    close: () => closeSync(descriptor),
  };
};

/**
 * Ports of those of these sockets (by inode number) that are TCP listeners. The kernel lists listeners first and makes up
 * no more rows than are asked for; to learn that there are no more of them it walks all connections there could be, for
 * milliseconds. So rows are read one by one, from both tables by turns, until each socket is found.
 */
export const findListeners = (proc: string, inodes: ReadonlySet<number>): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  const readers = ['tcp6', 'tcp'].map((table) => readRows(`${proc}/net/${table}`));
  try {
    for (let open = readers; open.length > 0 && found.size < inodes.size;) {
      open = open.filter((reader) => {
        const row = found.size < inodes.size ? reader.next() : null;
        if (row !== null && inodes.has(row.inode)) found.set(row.inode, row.port);
        return row !== null;
      });
    }
  } finally {
    for (const reader of readers) reader.close();
  }
  return found;
};
