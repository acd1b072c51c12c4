import { runCommand } from '../run-command.ts';
import { parseLsof, type LsofSocket } from './parse-lsof.ts';
import { parseNetstat } from './parse-netstat.ts';

const TIMEOUT_MS = 15_000;

/** TCP sockets by process, or why the system's tool could not tell. */
export type Confirmation =
  | { readonly ok: true; readonly sockets: readonly LsofSocket[] }
  | { readonly ok: false; readonly detail: string };

const fromLsof = async (): Promise<Confirmation> => {
  const { stdout, status, failure } = await runCommand(['lsof', '-nP', '-iTCP', '-FpfnT'], TIMEOUT_MS);
  if (failure !== null) return { ok: false, detail: `lsof: ${failure}` };
  const sockets = parseLsof(stdout);
  if (sockets === null) return { ok: false, detail: 'this lsof ignores its options (BusyBox)' };
  // lsof exits 1 both for "nothing found" and for partial answers.
  return status === 0 || status === 1 ? { ok: true, sockets } : { ok: false, detail: `lsof exited with ${status}` };
};

const fromNetstat = async (): Promise<Confirmation> => {
  const { stdout, failure } = await runCommand(['netstat', '-ano'], TIMEOUT_MS);
  return failure === null ? { ok: true, sockets: parseNetstat(stdout) } : { ok: false, detail: `netstat: ${failure}` };
};

/** What each process does with TCP ports: the state that `find-process` leaves out. */
export const confirmSockets = (windows: boolean): Promise<Confirmation> => (windows ? fromNetstat() : fromLsof());
