import type { SocketState } from '../../model/port.ts';

/** One TCP socket of one process, as `lsof -F pfnT` tells it. */
export interface LsofSocket {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
  readonly state: SocketState;
  readonly established: boolean;
  readonly remote: { readonly address: string; readonly port: number } | null;
}

const STATES: Readonly<Record<string, SocketState>> = { LISTEN: 'listening', TIME_WAIT: 'time-wait' };

const endpoint = (text: string): { readonly address: string; readonly port: number } | null => {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  return colon < 0 || !Number.isInteger(port) ? null : { address: text.slice(0, colon).replace(/^\[|\]$/g, ''), port };
};

const toSocket = (pid: number, name: string, state: string): LsofSocket[] => {
  const [local = '', remote] = name.split('->');
  const here = endpoint(local);
  if (here === null) return [];
  return [
    {
      pid,
      ...here,
      state: STATES[state] ?? 'connected',
      established: state === 'ESTABLISHED',
      remote: remote === undefined ? null : endpoint(remote),
    },
  ];
};

/**
 * Reads field output. Each field is read by its letter; a file starts with `f`, or with the next
 * name where lsof was not asked for descriptors.
 * `null` when it is not field output at all, as from BusyBox, whose lsof ignores every option and lists all files.
 */
export const parseLsof = (text: string): readonly LsofSocket[] | null => {
  const sockets: LsofSocket[] = [];
  let pid: number | null = null;
  let name: string | null = null;
  let state = '';
  const flush = (): void => {
    if (pid !== null && name !== null) sockets.push(...toSocket(pid, name, state));
    name = null;
    state = '';
  };
  for (const line of text.split('\n').filter(Boolean)) {
    if (/^\d/.test(line)) return null;
    if (line.startsWith('p')) {
      flush();
      pid = Number(line.slice(1));
    } else if (line.startsWith('f')) flush();
    else if (line.startsWith('n')) {
      if (name !== null) flush();
      name = line.slice(1);
    } else if (line.startsWith('TST=')) state = line.slice(4);
  }
  flush();
  return sockets;
};
