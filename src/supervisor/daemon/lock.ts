import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessTable } from '../../model/process-table.ts';
import type { BirthMark } from '../../model/service.ts';
import { errorCode } from '../../util/error-code.ts';
import { lookAt } from '../core/look-at.ts';

/** The right to be the daemon of a home. */
export interface Lock {
  readonly release: () => void;
}

/** Who has it, where it is another process. */
export type LockOutcome =
  | { readonly ok: true; readonly lock: Lock }
  | { readonly ok: false; readonly holder: BirthMark };

const NAME = /^lock\.(\d+)$/;

const numbersIn = (folder: string): readonly number[] =>
  readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);

/** What a machine that lost its power may leave names nobody. */
const NOBODY: BirthMark = { pid: 0, born: 0, boot: '' };

const readHolder = (file: string): BirthMark | null => {
  try {
    return { ...NOBODY, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<BirthMark> | null) };
  } catch (error) {
    if (error instanceof SyntaxError) return NOBODY;
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/** A link appears with all its text or not at all, and fails where the name is taken. */
const create = (folder: string, number: number, self: BirthMark): boolean => {
  const draft = join(folder, `lock.draft-${self.pid}`);
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    linkSync(draft, join(folder, `lock.${number}`));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const withdraw = (folder: string, number: number): void => rmSync(join(folder, `lock.${number}`), { force: true });

/**
 * Is this number, once made, the one that counts? Not where another is higher. Nor where one that is lower has a living
 * owner: all locks were gone for a moment, counting began anew, and who made this number had read the old ones.
 */
const counts = (folder: string, own: number, table: ProcessTable): boolean =>
  numbersIn(folder).every((number) => {
    if (number === own) return true;
    const holder = number > own ? null : readHolder(join(folder, `lock.${number}`));
    return number < own && (holder === null || lookAt(table, holder) === null);
  });

/**
 * Takes the lock of a folder unless a living process has it. A lock that was left behind is never removed by who wants it:
 * that could remove the new lock of a third. Locks are numbered, the highest counts, and who takes it makes the next
 * number, which only one can. Lower numbers mean nothing and are removed by the winner.
 */
export const takeLock = (folder: string, self: BirthMark, table: ProcessTable): LockOutcome => {
  for (;;) {
    const [highest = 0] = numbersIn(folder);
    const holder = highest === 0 ? null : readHolder(join(folder, `lock.${highest}`));
    if (highest > 0 && holder === null) continue;
    if (holder !== null && lookAt(table, holder) !== null) return { ok: false, holder };
    const own = highest + 1;
    if (!create(folder, own, self)) continue;
    if (!counts(folder, own, table)) {
      withdraw(folder, own);
      continue;
    }
    for (const lower of numbersIn(folder)) if (lower < own) withdraw(folder, lower);
    return { ok: true, lock: { release: () => withdraw(folder, own) } };
  }
};
