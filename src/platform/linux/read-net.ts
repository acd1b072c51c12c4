import { closeSync, openSync, readSync } from 'node:fs';
import type { Protocol } from '../../model/port.ts';
import { errorCode } from '../../util/error-code.ts';
import { parseNetRow, type NetRow } from './parse-net.ts';

/** How much of a socket table to read, and which rows to keep. */
export interface TableRequest {
  /** Keep only this local port; `null` keeps all. */
  readonly port: number | null;
  /** Stop where the listeners end; the kernel lists them first. */
  readonly listenersOnly: boolean;
  /** Bytes to read past the listeners before giving up. */
  readonly byteBudget: number;
}

/** The rows of one table, and whether the whole of it was read. */
export interface TableRows {
  readonly rows: readonly NetRow[];
  readonly complete: boolean;
}

const CHUNK_BYTES = 65_536;
const LISTEN_COLUMN = / [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} 0A /;

const rowFilter = (protocol: Protocol, port: number | null): ((line: string) => NetRow[]) => {
  const mark = port === null ? ':' : `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return (line) => {
    const row = line.includes(mark) ? parseNetRow(line, protocol) : null;
    return row !== null && (port === null || row.port === port) ? [row] : [];
  };
};

/** Headings and listeners come first in the TCP tables; UDP has no such order. */
const isPastListeners = (line: string, protocol: Protocol): boolean =>
  protocol === 'tcp' && !LISTEN_COLUMN.test(line) && !line.includes('local_address');

/** One read is one walk of the kernel's hash, so a table is read only as far as it is needed. */
const readRows = (descriptor: number, protocol: Protocol, request: TableRequest): TableRows => {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const keep = rowFilter(protocol, request.port);
  const rows: NetRow[] = [];
  let rest = '';
  let pastListeners = 0;
  for (;;) {
    const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
    if (length === 0) return { rows, complete: true };
    const lines = (rest + chunk.toString('latin1', 0, length)).split('\n');
    rest = lines.pop() ?? '';
    rows.push(...lines.flatMap(keep));
    if (!isPastListeners(lines.at(-1) ?? '', protocol)) continue;
    pastListeners += length;
    if (request.listenersOnly || pastListeners > request.byteBudget) return { rows, complete: false };
  }
};

/** Reads one table of this network namespace. A table the kernel does not have (no IPv6) is empty. */
export const readNetTable = (proc: string, table: string, request: TableRequest): TableRows => {
  let descriptor: number;
  try {
    descriptor = openSync(`${proc}/net/${table}`, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { rows: [], complete: true };
    throw error;
  }
  try {
    return readRows(descriptor, table.startsWith('udp') ? 'udp' : 'tcp', request);
  } finally {
    closeSync(descriptor);
  }
};
