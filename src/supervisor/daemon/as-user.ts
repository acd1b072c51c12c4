import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { DevdoctorError } from '../../model/error.ts';
import type { ServiceSpec } from '../../model/service.ts';

const TOOLS: readonly string[] = ['/usr/bin/setpriv', '/bin/setpriv'];

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const mainGroupOf = (uid: string | number): string =>
  execFileSync('id', ['-g', String(uid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/**
 * The words that a command is run through to become the user that its configuration names: none where none is named, or it
 * is this one already. Throws where that cannot be done.
 */
export const asUser = (
  { name, uid, gid }: ServiceSpec,
  own: { readonly uid: number; readonly gid: number },
): readonly string[] => {
  const wantsUser = uid !== null && uid !== own.uid;
  const wantsGroup = gid !== null && gid !== own.gid;
  if (!wantsUser && !wantsGroup) return [];
  const refuse = (why: string): DevdoctorError =>
    new DevdoctorError(
      'environment',
      `${name} is to run as user ${uid ?? own.uid}, group ${gid ?? own.gid}, and ${why}`,
    );
  if (own.uid !== 0) throw refuse('only root may do that');
  const tool = TOOLS.find(isThere);
  if (tool === undefined) throw refuse('setpriv (util-linux) is not there');
  const group = gid ?? (uid === null ? own.gid : mainGroupOf(uid));
  const user = uid === null ? [] : [`--reuid=${uid}`];
  return [tool, ...user, `--regid=${group}`, uid === null ? '--clear-groups' : '--init-groups', '--'];
};
