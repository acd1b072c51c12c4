import type { ProcessInfo } from '../model/process.ts';
import { frontManOf } from '../programs/front-men.ts';
import { lineOf, parentOf, type ProcessTable } from '../programs/lineage.ts';
import { PROTECTED_ROLES, roleOf } from '../programs/roles.ts';
import { namesOf } from '../programs/words-of.ts';

/** Whose command it is. */
export interface Authority {
  readonly selfPid: number;
  readonly uid: number | null;
  /** Program names and ports that the project's settings protect. */
  readonly protect: readonly (string | number)[];
}

const settingsReason = (process: ProcessInfo, { protect }: Authority): string | null => {
  const name = namesOf(process).find((candidate) => protect.includes(candidate));
  return name === undefined ? null : `the project's settings protect ${name}`;
};

const foreignUser = (process: ProcessInfo, { uid }: Authority): string | null => {
  if (uid === null || process.uid === uid) return null;
  return `it is a process of ${process.user ?? process.uid ?? 'an unknown user'}`;
};

/**
 * Why a process is never touched, whatever the flags; `null` for one that may be ended.
 * The table must hold this command and all its ancestors.
 */
export const protectedReason = (process: ProcessInfo, table: ProcessTable, authority: Authority): string | null => {
  if (process.pid === 1) return 'it is the first process of the system';
  if (process.pid === authority.selfPid) return 'it is this command itself';
  if (lineOf(authority.selfPid, table).has(process.pid)) return 'this command runs inside it';
  if (process.kernelThread) return 'it is a thread of the kernel';
  const front = frontManOf(process);
  if (front !== null) return `it ${front.does}`;
  const role = roleOf(process, parentOf(process, table));
  if (PROTECTED_ROLES.has(role)) return `it is ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role.replaceAll('-', ' ')}`;
  return foreignUser(process, authority) ?? settingsReason(process, authority);
};
