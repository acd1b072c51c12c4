import { statSync } from 'node:fs';
import type { ProcessTable } from '../../model/process-table.ts';
import type { BirthMark } from '../../model/service.ts';
import { readClaim, type RunClaim } from './run-files.ts';

/** A shim writes down who runs as soon as it does. */
const CLAIM_DELAY_MS = 5_000;

/**
 * Who runs in a run, as its shim wrote it down. Where a shell cannot tell births as the table does, the table tells them, and
 * believes a process only that was born when the shim wrote of it.
 */
export const readRunners = (base: string, table: ProcessTable): RunClaim => {
  const { isClaimed, shim, main } = readClaim(base);
  const claimedAt = isClaimed ? statSync(`${base}.pid`).mtimeMs : 0;
  const known = (mark: BirthMark | null): BirthMark | null => {
    if (mark === null || (table.birthUnit === 'ticks' && !Number.isNaN(mark.born))) return mark;
    const row = table.look(mark.pid);
    if (row === null || table.birthUnit === 'ticks') return row === null ? null : { ...mark, born: row.born };
    return Math.abs(row.born * 1_000 - claimedAt) > CLAIM_DELAY_MS ? null : { ...mark, born: row.born };
  };
  return { isClaimed, shim: known(shim), main: known(main) };
};
