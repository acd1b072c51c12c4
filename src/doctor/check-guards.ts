import type { Guard, Step } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import { isSameProcess } from '../model/process.ts';
import { protectedReason, type Authority } from '../plan/protected.ts';
import { tableOf } from '../programs/lineage.ts';

type GuardOf<K extends Guard['kind']> = Extract<Guard, { kind: K }>;

const sameProcess = async (
  { ref, command }: GuardOf<'same-process'>,
  { inspect }: Platform,
): Promise<string | null> => {
  const now = await inspect.identify(ref.pid);
  if (now === null || isSameProcess(now, ref)) return null;
  return `pid ${ref.pid} is no longer "${command}": another process has it now`;
};

const stillListening = async (
  { port, owners }: GuardOf<'still-listening'>,
  { inspect }: Platform,
): Promise<string | null> => {
  const reading = await inspect.portListeners(port);
  if (!reading.ok) return `port ${port} could not be looked at again: ${reading.detail}`;
  const holds = reading.value.some(({ holders }) =>
    holders.some((holder) => owners.some((owner) => isSameProcess(owner, holder))),
  );
  return holds ? null : `${owners.map(({ pid }) => pid).join(', ')} no longer listens on port ${port}`;
};

/** Reads the processes and this command anew, and judges each of them again. */
const protection = async (
  pids: readonly number[],
  { inspect }: Platform,
  authority: Authority,
): Promise<string | null> => {
  const lineage = await inspect.lineage([...pids, authority.selfPid]);
  if (!lineage.ok) return `what would end could not be told: ${lineage.detail}`;
  const table = tableOf(lineage.value);
  for (const pid of pids) {
    const process = table.get(pid);
    const reason = process === undefined ? null : protectedReason(process, table, authority);
    if (reason !== null) return `${pid} is not to be touched: ${reason}`;
  }
  return null;
};

const notProtected = (
  { refs }: GuardOf<'not-protected'>,
  platform: Platform,
  authority: Authority,
): Promise<string | null> =>
  protection(
    refs.map(({ pid }) => pid),
    platform,
    authority,
  );

const stillUnidentified = async (
  { port }: GuardOf<'still-unidentified'>,
  platform: Platform,
  authority: Authority,
): Promise<string | null> => {
  const reading = await platform.inspect.portListeners(port);
  const named = reading.ok && reading.value.some(({ holders }) => holders.length > 0);
  if (named) return `the holder of port ${port} can be named now`;
  return protection(await platform.control.victimsOfPort(port), platform, authority);
};

const failureOf = (guard: Guard, platform: Platform, authority: Authority): Promise<string | null> => {
  switch (guard.kind) {
    case 'same-process':
      return sameProcess(guard, platform);
    case 'still-listening':
      return stillListening(guard, platform);
    case 'still-unidentified':
      return stillUnidentified(guard, platform, authority);
    case 'not-protected':
      return notProtected(guard, platform, authority);
  }
};

/** Looks again at all that must hold before a step; the first that does not is the reason to withhold it. */
export const failedGuard = async (step: Step, platform: Platform, authority: Authority): Promise<string | null> => {
  for (const guard of step.guards) {
    const failure = await failureOf(guard, platform, authority);
    if (failure !== null) return failure;
  }
  return null;
};
