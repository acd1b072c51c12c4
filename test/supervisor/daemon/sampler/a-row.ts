import type { TableRow } from '../../../../src/model/process-table.ts';

const MEGABYTE = 1024 * 1024;

/** An idle process of 50 MB, but for what is said. */
export const aRow = (said: Partial<TableRow> = {}): TableRow => ({
  pid: 100,
  parentPid: 1,
  groupId: 100,
  sessionId: 100,
  state: 'sleeping',
  name: 'node',
  born: 1,
  cpuMs: 0,
  rssBytes: 50 * MEGABYTE,
  ...said,
});
