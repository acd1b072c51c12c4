import { describe, expect, it } from 'vitest';
import { terminate } from '../../src/fixes/terminate.ts';
import type { FixOutcome } from '../../src/model/fix.ts';
import type { SignalName } from '../../src/model/platform.ts';
import { refOf, type ProcessInfo, type ProcessRef } from '../../src/model/process.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess } from '../helpers/a-process.ts';
import { endingStep, terminating } from '../plan/a-step.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const npm = aProcess({ pid: 100 });
const sh = aProcess({ pid: 101, parentPid: 100 });
const server = aProcess({ pid: 102, parentPid: 101 });
const GRACE_MS = 3_000;

const end = (host: FakeHost, ...members: readonly [ProcessInfo, ...ProcessInfo[]]): Promise<FixOutcome> =>
  terminate(terminating(npm, { graceMs: GRACE_MS }), endingStep(members), host.platform, host.clock);

const timeOf = (host: FakeHost, signal: string): number =>
  Number(host.timedSignals.find((entry) => entry.endsWith(signal))?.split(' ')[0]);

describe('ending a tree', () => {
  it('asks each member politely, leaf first, and nobody else', async () => {
    const host = fakeHost([npm, sh, server, aProcess({ pid: 500 })]);
    expect(await end(host, server, sh, npm)).toEqual({
      status: 'done',
      detail: expect.stringMatching(/^asked politely, 3 processes gone after \d+ ms$/),
    });
    expect(host.signals).toEqual(['SIGTERM 102', 'SIGTERM 101', 'SIGTERM 100']);
    expect(host.processes.map(({ pid }) => pid)).toEqual([500]);
  });

  it('asks all of them before it waits for any', async () => {
    const host = fakeHost([npm, sh, server]);
    await end(host, server, sh, npm);
    expect(host.timedSignals).toEqual(['0 SIGTERM 102', '0 SIGTERM 101', '0 SIGTERM 100']);
  });

  it('signals nobody under a pid that another process has now', async () => {
    const reused = { ...server, startedAt: server.startedAt + 10 };
    const host = fakeHost([npm, sh, reused]);
    expect(await end(host, server, sh, npm)).toMatchObject({ status: 'done' });
    expect(host.signals).toEqual(['SIGTERM 101', 'SIGTERM 100']);
    expect(host.processes).toEqual([reused]);
  });

  it('is done at once where all have ended already', async () => {
    const host = fakeHost([]);
    expect(await end(host, server)).toEqual({ status: 'done', detail: 'asked politely, 1 process gone after 0 ms' });
    expect(host.signals).toEqual([]);
  });

  it('takes a zombie for gone', async () => {
    const host = fakeHost([{ ...server, state: 'zombie' }]);
    expect(await end(host, server)).toMatchObject({ status: 'done' });
    expect(host.clock.now()).toBe(0);
  });

  it('lets a suspended process go on, so that it can hear the question', async () => {
    const host = fakeHost([{ ...npm, state: 'stopped' }]);
    expect(await end(host, npm)).toMatchObject({ detail: expect.stringMatching(/^asked politely, 1 process gone/) });
    expect(host.signals).toEqual(['SIGTERM 100', 'SIGCONT 100']);
  });

  it('does not wake what is not suspended', async () => {
    const host = fakeHost([npm]);
    await end(host, npm);
    expect(host.signals).not.toContain('SIGCONT 100');
  });
});

describe('force', () => {
  it('comes to survivors alone, and not before the grace has passed', async () => {
    const host = fakeHost([npm, sh, server]);
    host.stubborn.add(102);
    expect(await end(host, server, sh, npm)).toEqual({
      status: 'done',
      detail: 'asked politely, then ended 1 by force, 3 processes gone after 3 s',
    });
    expect(host.signals.filter((signal) => signal.startsWith('SIGKILL'))).toEqual(['SIGKILL 102']);
    expect(timeOf(host, 'SIGKILL 102')).toBeGreaterThanOrEqual(GRACE_MS);
  });

  it('does not come to one that ends late, but within the grace', async () => {
    const host = fakeHost([server]);
    host.stubborn.add(102);
    host.clock.at(GRACE_MS - 200, () => host.end(102));
    expect(await end(host, server)).toMatchObject({ detail: 'asked politely, 1 process gone after 2 s' });
    expect(host.signals).toEqual(['SIGTERM 102']);
  });

  it('never comes to another process that got the pid in the meantime', async () => {
    const host = fakeHost([server]);
    host.stubborn.add(102);
    host.clock.at(1_000, () => {
      host.end(102);
      host.start({ ...server, startedAt: 99 });
    });
    expect(await end(host, server)).toMatchObject({ status: 'done' });
    expect(host.signals).toEqual(['SIGTERM 102']);
  });

  it('comes to a suspended process that was not woken in time', async () => {
    const host = fakeHost([{ ...npm, state: 'stopped' }]);
    host.stubborn.add(100);
    expect(await end(host, npm)).toMatchObject({ status: 'done', detail: expect.stringContaining('ended 1 by force') });
  });

  it('that does not help is told, with who survived', async () => {
    const host = fakeHost([npm, server]);
    host.undying.add(102);
    expect(await end(host, server, npm)).toEqual({
      status: 'failed',
      detail: '102 survived: it does not end even by force',
    });
  });

  it('waits a while for the end it forced', async () => {
    const host = fakeHost([server]);
    host.undying.add(102);
    host.clock.at(GRACE_MS + 1_500, () => host.end(102));
    expect(await end(host, server)).toMatchObject({ status: 'done', detail: expect.stringContaining('by force') });
  });
});

describe('what must not be signalled', () => {
  it('is told as not permitted', async () => {
    const host = fakeHost([npm, server]);
    host.notPermitted.add(102);
    expect(await end(host, server, npm)).toEqual({
      status: 'failed',
      detail: '102 survived: not permitted to signal it',
    });
    expect(host.signals).toEqual(['SIGTERM 100']);
  });
});

describe('children born meanwhile', () => {
  const newcomer = aProcess({ pid: 103, parentPid: 100, startedAt: 1_700_000_070_000 });
  const grandchild = aProcess({ pid: 104, parentPid: 103, startedAt: 1_700_000_070_010 });

  it('are asked to end too', async () => {
    const host = fakeHost([npm, server]);
    host.stubborn.add(100);
    const breeding = {
      ...host.platform.control,
      signal: (ref: ProcessRef, name: SignalName) => {
        if (ref.pid === 102) [newcomer, grandchild].forEach(host.start);
        return host.platform.control.signal(ref, name);
      },
    };
    const platform = { ...host.platform, control: breeding };
    await terminate(terminating(npm), endingStep([server, npm]), platform, host.clock);
    expect(host.signals).toEqual(expect.arrayContaining(['SIGTERM 103', 'SIGTERM 104']));
    expect(host.processes).toEqual([]);
  });

  it('of a stubborn process are ended by force with it', async () => {
    const host = fakeHost([npm]);
    host.stubborn.add(100);
    host.clock.at(1_000, () => host.start(newcomer));
    expect(await end(host, npm)).toMatchObject({ status: 'done' });
    expect(host.signals).toEqual(['SIGTERM 100', 'SIGKILL 103', 'SIGKILL 100']);
    expect(host.processes).toEqual([]);
  });

  it('of others are left alone', async () => {
    const host = fakeHost([npm, aProcess({ pid: 600 })]);
    host.clock.at(0, () => host.start(aProcess({ pid: 601, parentPid: 600 })));
    await end(host, npm);
    expect(host.processes.map(({ pid }) => pid)).toEqual([600, 601]);
  });

  it('of what the plan spares are left alone, and so is what it spares', async () => {
    const daemon = aProcess({ pid: 300, parentPid: 100 });
    const host = fakeHost([npm, daemon]);
    host.stubborn.add(100);
    host.clock.at(1_000, () => {
      host.start(aProcess({ pid: 301, parentPid: 300 }));
      host.start(aProcess({ pid: 302, parentPid: 301 }));
      host.start(newcomer);
    });
    const step = endingStep([npm], { spared: [refOf(daemon)] });
    await terminate(terminating(npm), step, host.platform, host.clock);
    expect(host.signals).toEqual(['SIGTERM 100', 'SIGKILL 103', 'SIGKILL 100']);
    expect(host.processes.map(({ pid }) => pid)).toEqual([300, 301, 302]);
  });

  it('that cannot be seen do not keep the others from being ended', async () => {
    const host = fakeHost([npm], [], {
      inspect: { descendants: () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE')) },
    });
    expect(await end(host, npm)).toMatchObject({ status: 'done' });
  });
});
