import type { CheckContext } from '../../../src/model/check.ts';
import type { PortOccupancy, PortSocket } from '../../../src/model/port.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { context, ESCAPES, NO_FACTS, NOW, PORT, process, UID, type Example } from './facts.ts';
import { orphans, stale, tended } from './leftover-examples.ts';
import { loops, quiet } from './loop-examples.ts';
import { heavy, light } from './memory-examples.ts';

const socket = (fields: Partial<PortSocket> = {}): PortSocket => ({
  protocol: 'tcp',
  address: '127.0.0.1',
  port: PORT,
  state: 'listening',
  established: false,
  remote: null,
  uid: UID,
  user: 'ada',
  holders: [{ pid: 4312, startedAt: NOW - 3_600_000 }],
  ...fields,
});

const occupancy = (fields: Partial<PortOccupancy> = {}): PortOccupancy => ({
  port: PORT,
  probes: [{ address: '127.0.0.1', outcome: 'in-use', code: 'EADDRINUSE' }],
  sockets: [socket()],
  connections: 0,
  ephemeralRange: [32_768, 60_999],
  firstUnprivilegedPort: 1024,
  published: null,
  blindSpots: [],
  ...fields,
});

const shell = process({ pid: 4000, parentPid: 1, name: 'bash', command: ['-bash'] });
const remote = { address: '127.0.0.1', port: 41_000 };

const example = (
  name: string,
  port: Partial<PortOccupancy>,
  processes: readonly ProcessInfo[] = [process(), shell],
  also: Partial<CheckContext> = {},
): Example => ({
  name,
  facts: { ...NO_FACTS, ports: [occupancy(port)], processes },
  context: context(also),
});

const portOccupied = [
  example('a server of this project', {}),
  example('an orphan', {}, [process({ parentPid: 1 })]),
  example('two families', { sockets: [socket(), socket({ address: '::1', holders: [{ pid: 77, startedAt: NOW }] })] }, [
    process(),
    process({ pid: 77, startedAt: NOW }),
    shell,
  ]),
  example('another user', {}, [process({ uid: 33, user: 'www-data' })]),
  example('a forwarder', {}, [process({ name: 'docker-proxy', command: ['docker-proxy', '-host-port', '3000'] })]),
  example('a container', { published: { engine: 'docker', id: 'c0ffee', name: 'web' } }, [
    process({ name: 'docker-proxy', command: ['docker-proxy'] }),
  ]),
  example('a unit of the user', {}, [
    process({ unit: { name: 'shop.service', scope: 'user' }, controlGroup: '/user.slice/shop.service', parentPid: 1 }),
  ]),
  example('a unit of the system', {}, [
    process({ unit: { name: 'shop.service', scope: 'system' }, controlGroup: '/system.slice/shop.service' }),
  ]),
  example('a client', { sockets: [socket({ state: 'connected', remote })] }),
  example('a closed connection', { sockets: [socket({ state: 'time-wait', remote, holders: [] })] }, []),
  example('an owner out of sight', { sockets: [socket({ holders: [], uid: 0, user: 'root' })] }, []),
  example('an unseen process of this user', { sockets: [socket({ holders: [] })], blindSpots: ['hidden'] }, []),
  example('rights', { sockets: [], probes: [{ address: '127.0.0.1', outcome: 'not-permitted', code: 'EACCES' }] }, []),
  example('nothing to be seen', { sockets: [] }, []),
  example('hostile names', {}, [
    process({
      name: ESCAPES,
      command: [`node${ESCAPES}`, ESCAPES],
      cwd: { path: `/home/ada/${ESCAPES}`, deleted: false },
    }),
  ]),
  example('hostile names of a unit', {}, [
    process({ unit: { name: `x${ESCAPES}.service`, scope: 'user' }, controlGroup: '/user.slice/x' }),
  ]),
  example('hostile names of a container', { published: { engine: 'docker', id: 'c0ffee', name: ESCAPES } }),
  example('a holder that vanished', {}, []),
  example('hostile names of a user', { sockets: [socket({ holders: [], uid: 7, user: ESCAPES })] }, []),
];

/** For each check, facts in which it finds something, and facts in which it finds nothing. */
export const EXAMPLES: Readonly<Record<string, { readonly finds: readonly Example[]; readonly clear: Example }>> = {
  'port-occupied': {
    finds: portOccupied,
    clear: example('a free port', { sockets: [], probes: [{ address: '127.0.0.1', outcome: 'free', code: null }] }, []),
  },
  'orphan-process': { finds: orphans, clear: tended },
  'stale-process': { finds: stale, clear: tended },
  'restart-loop': { finds: loops, clear: quiet },
  'memory-overrun': { finds: heavy, clear: light },
};
