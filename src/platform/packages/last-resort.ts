import type { LastResort } from '../../model/platform.ts';
import { confirmSockets } from './confirm-sockets.ts';
import { suspectsOfPort } from './find-process.ts';
import { killByPort } from './kill-port.ts';

/**
 * On Windows the package matches the beginning of the port number and takes connections too, so everything it
 * would take counts as a victim: port 300 has the owner of 3000 among them.
 */
const taken = (socketPort: number, state: string, port: number, windows: boolean): boolean =>
  windows ? String(socketPort).startsWith(String(port)) : socketPort === port && state === 'listening';

/** The package for ports, with what it would end told beforehand. */
export const createLastResort = (windows: boolean): LastResort => ({
  victimsOfPort: async (port) => {
    const confirmation = await confirmSockets(windows);
    const confirmed = confirmation.ok ? confirmation.sockets : [];
    const pids = confirmed.filter((socket) => taken(socket.port, socket.state, port, windows)).map(({ pid }) => pid);
    return [...new Set([...pids, ...(await suspectsOfPort(port))])];
  },
  killByPort,
});
