import { describe, expect, it } from 'vitest';
import { verify } from '../../src/doctor/verify.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { StepResult, Verdict } from '../../src/model/plan.ts';
import type { BindProbe } from '../../src/model/port.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { read, unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aFinding, anOccupancy, aSocket, FREE, heldBy, IN_USE, NOT_PERMITTED } from '../helpers/a-snapshot.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';
import { aPlan, endingStep } from '../plan/a-step.ts';

const nodemon = running('nodemon server.js', { pid: 90 });
const server = aProcess({ parentPid: 90 });
const again = aProcess({ pid: 200, parentPid: 90, startedAt: server.startedAt + 500 });

const DONE: StepResult = { step: '1', status: 'done', detail: '' };

const look = (
  host: FakeHost,
  results: readonly StepResult[] = [DONE],
  findings: readonly Finding[] = [aFinding([server])],
  before: readonly ProcessInfo[] = [nodemon, server],
): Promise<readonly Verdict[]> =>
  verify(findings, aPlan(endingStep([server])), results, before, host.platform, host.clock);

const probing = (...answers: readonly BindProbe[]): FakeHost => {
  let asked = 0;
  const port = () => {
    const probes = [answers[Math.min(asked, answers.length - 1)] ?? FREE];
    asked += 1;
    return Promise.resolve(read(anOccupancy({ probes }), 'a test'));
  };
  return fakeHost([], [], { inspect: { port } });
};

describe('after a step was taken', () => {
  it('calls a port resolved that stayed free for a second and can be bound', async () => {
    const host = fakeHost([]);
    expect(await look(host)).toEqual([
      { finding: 'port-occupied:tcp:3000', status: 'resolved', detail: 'port 3000 is free, watched for a second' },
    ]);
    expect(host.clock.now()).toBe(1_000);
    expect(host.looked.length).toBeGreaterThanOrEqual(10);
  });

  it('binds the port once, and only after it was watched', async () => {
    const host = fakeHost([]);
    const bound: number[] = [];
    const { inspect } = host.platform;
    const port = (number: number) => {
      bound.push(host.clock.now());
      return inspect.port(number);
    };
    await look({ ...host, platform: { ...host.platform, inspect: { ...inspect, port } } });
    expect(bound).toEqual([1_000]);
  });

  it('says at once that the same process still holds it', async () => {
    const host = fakeHost([nodemon, server], [heldBy([server])]);
    expect(await look(host)).toMatchObject([{ status: 'persists', detail: 'still held by 100' }]);
    expect(host.clock.now()).toBe(0);
  });

  it('names every process that still holds it as such', async () => {
    const worker = aProcess({ pid: 101 });
    const host = fakeHost([server, worker], [heldBy([server]), heldBy([worker], { address: '::1' })]);
    const findings = [aFinding([server, worker])];
    expect(await look(host, [DONE], findings)).toMatchObject([
      { status: 'persists', detail: 'still held by 100; still held by 101' },
    ]);
  });

  it.each([0, 300, 900])('sees a port that is taken again after %i ms, and by whom', async (when) => {
    const host = fakeHost([nodemon]);
    host.clock.at(when, () => {
      host.start(again);
      host.sockets = [heldBy([again])];
    });
    const detail =
      'taken again by 200 node server.js, started by 90 nodemon server.js, which had started the one that ended too';
    expect(await look(host)).toMatchObject([{ status: 'persists', detail }]);
    expect(host.bound).toEqual([]);
  });

  it.each<[string, readonly ProcessInfo[], ProcessInfo, string]>([
    [
      'a stranger with another parent',
      [running('bash', { pid: 91 })],
      { ...again, parentPid: 91 },
      'taken again by 200 node server.js, started by 91 bash',
    ],
    ['an orphan', [], { ...again, parentPid: 1 }, 'taken again by 200 node server.js'],
    [
      'one with the pid of the one that ended',
      [],
      { ...server, parentPid: 1, startedAt: 1 },
      'taken again by 100 node server.js',
    ],
    ['hostile text', [], { ...again, parentPid: 1, command: ['\u001B[2Jx'] }, String.raw`taken again by 200 \x1b[2Jx`],
  ])('describes who took it: %s', async (_, others, taker, detail) => {
    const host = fakeHost([...others, taker], [heldBy([taker])]);
    expect(await look(host)).toMatchObject([{ status: 'persists', detail }]);
  });

  it('names by its pid alone who took it and cannot be read', async () => {
    const host = fakeHost([], [heldBy([again])]);
    expect(await look(host)).toMatchObject([{ detail: 'taken again by 200' }]);
  });

  it.each([100, 500, 950])('waits for an unseen holder that goes away after %i ms', async (when) => {
    const host = fakeHost([], [aSocket()]);
    host.clock.at(when, () => (host.sockets = []));
    expect(await look(host)).toMatchObject([{ status: 'resolved' }]);
  });

  it('does not call a port free that an unseen process goes on listening on', async () => {
    const host = fakeHost([], [aSocket()]);
    expect(await look(host)).toMatchObject([{ status: 'unverified', detail: 'an unseen process listens on it now' }]);
    expect(host.bound).toEqual([]);
  });

  it('does not call a port free that cannot be looked at', async () => {
    const portListeners = () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE'));
    const host = fakeHost([], [], { inspect: { portListeners } });
    expect(await look(host)).toMatchObject([{ status: 'unverified', detail: 'EMFILE' }]);
  });

  it('does not call a port free that cannot be bound for a test', async () => {
    const port = () => Promise.resolve(unreadable('tool-failed', 'no such family'));
    expect(await look(fakeHost([], [], { inspect: { port } }))).toMatchObject([
      { status: 'unverified', detail: 'no such family' },
    ]);
  });

  it.each([
    ['is busy', IN_USE, 'nobody listens, but binding 127.0.0.1 fails with EADDRINUSE'],
    ['needs rights', NOT_PERMITTED, 'nobody listens, but binding 127.0.0.1 fails with EACCES'],
  ])('says that a port %s though nobody listens', async (_, probe, detail) => {
    expect(await look(probing(probe))).toMatchObject([{ status: 'persists', detail }]);
  });

  it('binds again where a neighbour had the port for an instant', async () => {
    expect(await look(probing(IN_USE, FREE))).toMatchObject([{ status: 'resolved' }]);
  });

  it('watches after a step that failed, too', async () => {
    const host = fakeHost([]);
    await look(host, [{ ...DONE, status: 'failed' }]);
    expect(host.clock.now()).toBe(1_000);
  });
});

describe('what nothing was done about', () => {
  it.each<StepResult['status']>(['declined', 'withheld'])('gets a look without waiting: %s', async (status) => {
    const host = fakeHost([]);
    expect(await look(host, [{ ...DONE, status }])).toMatchObject([
      { status: 'resolved', detail: 'port 3000 is free' },
    ]);
    expect(host.clock.now()).toBe(0);
  });

  it('gets a verdict of its own beside what was mended', async () => {
    const other = aProcess({ pid: 300 });
    const host = fakeHost([other], [heldBy([other], { port: 5000 })]);
    const findings = [aFinding([server]), aFinding([other], {}, { port: 5000 })];
    expect(await look(host, [DONE], findings)).toEqual([
      { finding: 'port-occupied:tcp:3000', status: 'resolved', detail: 'port 3000 is free, watched for a second' },
      { finding: 'port-occupied:tcp:5000', status: 'persists', detail: 'still held by 300' },
    ]);
  });
});
