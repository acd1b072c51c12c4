import type { ManagedBy } from '../model/manager.ts';
import type { ProcessInfo } from '../model/process.ts';
import { frontManOf } from './front-men.ts';
import { roleOf, type Role } from './roles.ts';
import { programNamesOf } from './words-of.ts';

/** Between a unit and the process these mean: the unit runs a person's session, not this server. */
const SESSION_ROLES: ReadonlySet<Role> = new Set(['shell', 'multiplexer', 'remote-login', 'terminal', 'editor']);

const SHORT_ID = 12;

const pm2 = (family: readonly ProcessInfo[]): ManagedBy | null => {
  if (!family.slice(1).some((process) => frontManOf(process)?.kind === 'pm2-daemon')) return null;
  const marked = family.find((process) => process.environment?.['pm_id'] !== undefined);
  const unit = marked?.environment?.['name'] ?? marked?.environment?.['pm_id'];
  return unit === undefined ? null : { kind: 'pm2', unit };
};

const supervisord = (family: readonly ProcessInfo[]): ManagedBy | null => {
  if (!family.slice(1).some((process) => programNamesOf(process).includes('supervisord'))) return null;
  const unit = family.find((process) => process.environment?.['SUPERVISOR_PROCESS_NAME'] !== undefined);
  return { kind: 'supervisord', unit: unit?.environment?.['SUPERVISOR_PROCESS_NAME'] ?? 'all' };
};

/** Its services carry its mark, whether or not its daemon lives at the moment. */
const devdoctor = (family: readonly ProcessInfo[]): ManagedBy | null => {
  const marked = family.find((process) => process.environment?.['DEVDOCTOR_SERVICE'] !== undefined);
  const unit = marked?.environment?.['DEVDOCTOR_NAME'] ?? marked?.environment?.['DEVDOCTOR_SERVICE']?.split('.').at(-1);
  return unit === undefined ? null : { kind: 'devdoctor', unit };
};

const container = ({ container: ref }: ProcessInfo, selfControlGroup: string | null): ManagedBy | null => {
  if (ref === null || selfControlGroup?.includes(ref.id) === true) return null;
  if (ref.engine !== 'docker' && ref.engine !== 'podman') return null;
  return { kind: ref.engine, unit: ref.id.slice(0, SHORT_ID) };
};

const unit = (family: readonly ProcessInfo[], selfControlGroup: string | null): ManagedBy | null => {
  const [process] = family;
  if (process?.unit == null || process.controlGroup === selfControlGroup) return null;
  const roles = family.map((member, index) => roleOf(member, family[index + 1] ?? null));
  if (roles.some((role) => SESSION_ROLES.has(role))) return null;
  return { kind: process.unit.scope === 'user' ? 'systemd-user' : 'systemd', unit: process.unit.name };
};

/**
 * Who keeps a process alive. `family` is the process and its ancestors, nearest first. What runs in the same
 * control group as the command itself is a session both share and no manager of it.
 */
export const recognizeManager = (family: readonly ProcessInfo[], selfControlGroup: string | null): ManagedBy | null => {
  const [process] = family;
  if (process === undefined) return null;
  return (
    devdoctor(family) ??
    pm2(family) ??
    supervisord(family) ??
    container(process, selfControlGroup) ??
    unit(family, selfControlGroup)
  );
};

/** The command that stops a unit of a manager. No shell reads it. */
export const stopCommand = ({ kind, unit: name }: ManagedBy): readonly [string, ...string[]] => {
  switch (kind) {
    case 'pm2':
      return ['pm2', 'stop', name];
    case 'devdoctor':
      return ['devdoctor', 'stop', name];
    case 'systemd':
      return ['systemctl', 'stop', name];
    case 'systemd-user':
      return ['systemctl', '--user', 'stop', name];
    case 'supervisord':
      return ['supervisorctl', 'stop', name];
    case 'docker':
    case 'podman':
      return [kind, 'stop', name];
  }
};
