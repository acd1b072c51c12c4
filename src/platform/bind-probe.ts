import { createServer } from 'node:net';
import type { BindProbe } from '../model/port.ts';

/** The loopbacks first: a wildcard bind would collide with our own probe of a specific address. */
const ADDRESSES = ['127.0.0.1', '::1', '0.0.0.0', '::'] as const;

const outcomeOf = (code: string): BindProbe['outcome'] => {
  if (code === 'EADDRINUSE') return 'in-use';
  return code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'unavailable';
};

/** Binds one address for an instant, as a dev server would; without an address, both wildcards at once. */
const bind = (port: number, host: string | null): Promise<BindProbe> =>
  new Promise((resolve) => {
    const server = createServer();
    const address = host ?? '::';
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'UNKNOWN';
      resolve({ address, outcome: outcomeOf(code), code });
    });
    server.listen({ port, exclusive: true, ...(host === null ? {} : { host }) }, () => {
      server.close(() => resolve({ address, outcome: 'free', code: null }));
    });
  });

/**
 * Is the port free on the four addresses dev servers bind? The only complete answer: tables do not show all that
 * blocks a bind.
 */
export const probeAddresses = async (port: number): Promise<readonly BindProbe[]> => {
  const probes: BindProbe[] = [];
  for (const address of ADDRESSES) probes.push(await bind(port, address));
  return probes;
};

/**
 * Both wildcards in one bind. Where that collides with a socket on any address, as on Linux, a free answer
 * holds for all four addresses at a quarter of the cost.
 */
export const probeWildcard = (port: number): Promise<BindProbe> => bind(port, null);
