import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { relaunch } from '../../src/doctor/relaunch.ts';
import type { HistoryRow, UndoResult } from '../../src/model/results.ts';
import type { Relaunch } from '../../src/model/plan.ts';
import { aProcess } from '../helpers/a-process.ts';
import { heldBy } from '../helpers/a-snapshot.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'devdoctor-undo-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

const how = (said: Partial<Relaunch> = {}): Relaunch => ({
  command: ['node', 'my server.js'],
  cwd: folder(),
  environment: {},
  environmentNames: [],
  ...said,
});

const entry = (said: Partial<HistoryRow> = {}): HistoryRow => ({
  id: 'abc123',
  at: '2026-11-22T21:00:00.000Z',
  ports: [3000],
  title: 'end 100 node server.js',
  ended: [],
  relaunch: how(),
  undoneAt: null,
  ...said,
});

const undo = (host: FakeHost, row: HistoryRow, own: NodeJS.ProcessEnv = {}): Promise<UndoResult> =>
  relaunch(row, '/state', own, host.platform, host.clock);

/** The pid of whatever the host starts. */
const STARTED = 900;

const started = aProcess({ pid: STARTED, startedAt: 0 });

const listenAfter = (host: FakeHost, milliseconds: number, holder = started): void =>
  host.clock.at(milliseconds, () => (host.sockets = [...host.sockets, heldBy([holder])]));

describe('starting again', () => {
  it('waits until it listens where it did', async () => {
    const host = fakeHost([]);
    listenAfter(host, 4_000);
    expect(await undo(host, entry())).toEqual({
      schemaVersion: 1,
      command: 'undo',
      id: 'abc123',
      ports: [3000],
      status: 'started',
      pid: STARTED,
      logFile: join('/state', 'logs', 'undo-abc123.log'),
      detail: "started node 'my server.js' again: it listens on port 3000",
      missingVariables: [],
    });
    expect(host.clock.now()).toBeLessThan(4_200);
    expect(host.ran).toEqual(['node my server.js']);
  });

  it('takes a listener below what was started for its own', async () => {
    const host = fakeHost([]);
    const child = aProcess({ pid: 901, parentPid: STARTED, startedAt: 50 });
    host.clock.at(500, () => host.start(child));
    listenAfter(host, 600, child);
    expect(await undo(host, entry())).toMatchObject({ status: 'started' });
  });

  it('waits for every port of several', async () => {
    const host = fakeHost([]);
    listenAfter(host, 200);
    host.clock.at(2_000, () => host.sockets.push(heldBy([started], { port: 3001 })));
    const result = await undo(host, entry({ ports: [3000, 3001] }));
    expect(result).toMatchObject({ status: 'started', detail: expect.stringContaining('on port 3000, 3001') });
    expect(host.clock.now()).toBeGreaterThanOrEqual(2_000);
  });

  it('does not take a stranger that listens there for what it started', async () => {
    const host = fakeHost([]);
    listenAfter(host, 200, aProcess({ pid: 77 }));
    expect(await undo(host, entry())).toMatchObject({ status: 'not-listening' });
  });

  it('says that it ended at once, without waiting any longer', async () => {
    const host = fakeHost([]);
    host.clock.at(300, () => host.end(STARTED));
    const result = await undo(host, entry());
    expect(result.detail).toBe("started node 'my server.js', but it ended at once: its log says why");
    expect(result.status).not.toBe('started');
    expect(host.clock.now()).toBeLessThan(1_000);
  });

  it('takes a zombie for ended', async () => {
    const host = fakeHost([]);
    host.clock.at(100, () => (host.processes = [{ ...started, state: 'zombie' }]));
    expect((await undo(host, entry())).detail).toContain('it ended at once');
  });

  it('says after a while that it does not listen', async () => {
    const host = fakeHost([]);
    expect(await undo(host, entry())).toMatchObject({
      status: 'not-listening',
      pid: STARTED,
      detail: "started node 'my server.js', but it does not listen after 20 s: its log may say why",
    });
    expect(host.clock.now()).toBe(20_000);
  });

  it('watches for a second what never listened', async () => {
    const host = fakeHost([]);
    expect(await undo(host, entry({ ports: [] }))).toMatchObject({
      status: 'started',
      detail: "started node 'my server.js' again",
    });
    expect(host.clock.now()).toBe(1_000);
  });

  it('names the variables that this shell lacks, but none that every shell sets itself', async () => {
    const host = fakeHost([]);
    listenAfter(host, 0);
    const names = [
      'API_TOKEN',
      'PORT',
      'EDITOR',
      'PWD',
      'SHLVL',
      '_',
      'npm_config_x',
      'TERM',
      'SSH_TTY',
      'XDG_RUNTIME_DIR',
    ];
    const row = entry({ relaunch: how({ environmentNames: names, environment: { PORT: '3000' } }) });
    expect((await undo(host, row, { EDITOR: 'vi' })).missingVariables).toEqual(['API_TOKEN']);
  });
});

describe('what is not started again', () => {
  it.each<[string, () => Partial<HistoryRow>, string]>([
    [
      'the way is not known',
      () => ({ relaunch: null }),
      'how it was started could not be told, so it cannot be started again',
    ],
    ['its folder is gone', () => ({ relaunch: how({ cwd: '/nowhere/shop' }) }), 'its folder /nowhere/shop is gone'],
    ['its port is taken', () => ({}), 'port 3000 is taken: devdoctor why 3000'],
  ])('where %s', async (_, said, detail) => {
    const host = fakeHost([], [heldBy([aProcess()])]);
    expect(await undo(host, entry(said()))).toEqual({
      schemaVersion: 1,
      command: 'undo',
      id: 'abc123',
      ports: [3000],
      status: 'refused',
      pid: null,
      logFile: null,
      detail,
      missingVariables: [],
    });
    expect(host.ran).toEqual([]);
  });

  it('where the second of its ports is taken', async () => {
    const host = fakeHost([], [heldBy([aProcess()], { port: 3001 })]);
    expect(await undo(host, entry({ ports: [3000, 3001] }))).toMatchObject({ status: 'refused' });
    expect(host.ran).toEqual([]);
  });
});
