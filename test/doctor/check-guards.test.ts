import { describe, expect, it } from 'vitest';
import { failedGuard } from '../../src/doctor/check-guards.ts';
import type { Guard } from '../../src/model/plan.ts';
import { refOf } from '../../src/model/process.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aSocket, heldBy, PORT, SELF } from '../helpers/a-snapshot.ts';
import { aStep } from '../plan/a-step.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const AUTHORITY = { selfPid: SELF, uid: 1000, protect: [] };

const server = aProcess();
const child = aProcess({ pid: 101, parentPid: 100 });
const shell = running('bash', { pid: 4000 });
const self = running('node devdoctor', { pid: SELF, parentPid: 4000 });

const SAME: Guard = { kind: 'same-process', ref: refOf(server), command: 'node server.js' };
const LISTENING: Guard = { kind: 'still-listening', port: PORT, owners: [refOf(server)] };
const UNPROTECTED: Guard = { kind: 'not-protected', refs: [refOf(server), refOf(child)] };
const UNIDENTIFIED: Guard = { kind: 'still-unidentified', port: PORT };

const usual = (): FakeHost => fakeHost([server, child, shell, self], [heldBy([server])]);

const failure = (host: FakeHost, ...guards: readonly Guard[]): Promise<string | null> =>
  failedGuard(aStep({ guards }), host.platform, AUTHORITY);

const unreadableNow = () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE'));

describe('every guard', () => {
  it.each([
    ['same-process', usual(), SAME],
    ['still-listening', usual(), LISTENING],
    ['not-protected', usual(), UNPROTECTED],
    ['still-unidentified', fakeHost([], [aSocket()]), UNIDENTIFIED],
  ])('holds while nothing has changed: %s', async (_, host, guard) => {
    expect(await failure(host, guard)).toBeNull();
  });

  it('holds with the others, and the first that does not is the reason', async () => {
    const host = usual();
    expect(await failure(host, SAME, UNPROTECTED, LISTENING)).toBeNull();
    host.sockets = [];
    host.processes = [{ ...server, startedAt: 1 }];
    expect(await failure(host, UNPROTECTED, LISTENING, SAME)).toBe('100 no longer listens on port 3000');
  });
});

describe('same-process', () => {
  it('fails where another process has the pid now', async () => {
    const host = usual();
    host.processes = [{ ...server, startedAt: server.startedAt + 10 }];
    expect(await failure(host, SAME)).toBe('pid 100 is no longer "node server.js": another process has it now');
  });

  it('holds where the process has ended: there is nobody left to harm', async () => {
    const host = usual();
    host.end(100);
    expect(await failure(host, SAME)).toBeNull();
  });
});

describe('still-listening', () => {
  it.each<[string, FakeHost['sockets']]>([
    ['nobody listens', []],
    ['another process listens', [heldBy([child])]],
    ['a process with the same pid listens', [heldBy([{ ...server, startedAt: 1 }])]],
    ['it listens on another port', [heldBy([server], { port: 3001 })]],
    ['it is only connected', [heldBy([server], { state: 'connected' })]],
    ['an unseen process listens', [aSocket()]],
  ])('fails where %s', async (_, sockets) => {
    const host = usual();
    host.sockets = sockets;
    expect(await failure(host, LISTENING)).toBe('100 no longer listens on port 3000');
  });

  it('holds where one of several owners still listens', async () => {
    const guard: Guard = { ...LISTENING, owners: [refOf(child), refOf(server)] };
    expect(await failure(usual(), guard)).toBeNull();
  });

  it('fails where the port cannot be looked at', async () => {
    const host = fakeHost([server], [heldBy([server])], { inspect: { portListeners: unreadableNow } });
    expect(await failure(host, LISTENING)).toBe('port 3000 could not be looked at again: EMFILE');
  });
});

describe('not-protected', () => {
  it.each([
    ['the user of a process has changed', { ...child, uid: 0, user: 'root' }, 'it is a process of root'],
    [
      'a process turned into another program',
      running('docker-proxy', { pid: 101 }),
      'it publishes the port of a Docker container',
    ],
  ])('fails where %s', async (_, changed, reason) => {
    const host = usual();
    host.processes = [server, changed, shell, self];
    expect(await failure(host, UNPROTECTED)).toBe(`101 is not to be touched: ${reason}`);
  });

  it('fails where the command runs inside what would end', async () => {
    const host = usual();
    host.processes = [server, child, { ...shell, parentPid: 101 }, self];
    expect(await failure(host, UNPROTECTED)).toBe('100 is not to be touched: this command runs inside it');
  });

  it('fails where the processes cannot be read', async () => {
    const host = fakeHost([server], [], { inspect: { lineage: unreadableNow } });
    expect(await failure(host, UNPROTECTED)).toMatch(/could not be told: EMFILE$/);
  });

  it('holds for what has ended', async () => {
    expect(await failure(fakeHost([shell, self]), UNPROTECTED)).toBeNull();
  });
});

describe('still-unidentified', () => {
  it('fails where the holder can be named now', async () => {
    expect(await failure(usual(), UNIDENTIFIED)).toBe('the holder of port 3000 can be named now');
  });

  it('fails where the package would end what is protected', async () => {
    const proxy = running('docker-proxy', { pid: 300 });
    const host = fakeHost([proxy, self], [aSocket()], { control: { victimsOfPort: () => Promise.resolve([300]) } });
    expect(await failure(host, UNIDENTIFIED)).toMatch(/^300 is not to be touched/);
  });

  it('holds where the package would end a server of this user', async () => {
    const host = fakeHost([server, self], [aSocket()], { control: { victimsOfPort: () => Promise.resolve([100]) } });
    expect(await failure(host, UNIDENTIFIED)).toBeNull();
  });
});
