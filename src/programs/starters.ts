import type { ProcessInfo } from '../model/process.ts';
import { outlivedSession, parentOf, type ProcessTable } from './lineage.ts';
import { isPackageRunner, isRunner, isShell } from './launchers.ts';
import { nameMatcher } from './name-matcher.ts';
import { OUTSIDE_ROLES, roleByName } from './roles.ts';
import type { Recognizable } from './words-of.ts';

/** Programs that take over the children of those who ended. Any other first process may have started its children itself. */
export const adopts: (process: Recognizable) => boolean = nameMatcher(
  'systemd',
  'init',
  'launchd',
  'tini',
  'docker-init',
  'dumb-init',
  'catatonit',
  's6-svscan',
  'runit',
);

/** Has whoever started the root of a tree gone, so that the system's first process took it over? */
export const isAbandoned = (root: ProcessInfo, table: ProcessTable): boolean => {
  const parent = parentOf(root, table);
  return parent !== null && (adopts(parent) || (parent.pid === 1 && outlivedSession(root, table)));
};

/** Is this a program whose business it is to start others and to wait for them? */
export const startsOthers = (process: Recognizable): boolean => {
  if (isShell(process) || isPackageRunner(process) || isRunner(process)) return true;
  const role = roleByName(process);
  return role !== null && role !== 'service-manager' && OUTSIDE_ROLES.has(role);
};
