import { linkSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServiceRow } from '../../../src/model/service.ts';
import { CRASH_CODE, crashingApp, startsIn, stayFile } from '../../helpers/crashing-app.ts';
import { processorMs } from '../../helpers/processor-time.ts';
import { fixtureApp, isAlive, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const becomes = (it: Supervised, name: string, status: ServiceRow['status']): Promise<ServiceRow> =>
  waitFor(`${name} to be ${status}`, async () => {
    const row = await it.row(name);
    return row.status === status && row;
  });

/** The dead among the children of a process, which wait to be asked how they ended. */
const zombiesOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((child) => child > 0 && !isAlive(child));

describe('fifty services that crash at once', () => {
  const SERVICES = 50;
  const MOST_RESTARTS = 6;
  /** From the fourth start on, restarts wait for each other. */
  const FREE_STARTS = 3;
  const WINDOW_MS = 100;
  const MOST_IN_WINDOW = 10;

  test('are started as often as the policy says, not all at once, at little cost', async () => {
    const it = supervised();
    const names = Array.from({ length: SERVICES }, (_, index) => `s${index}`);
    await it.start([fixtureApp('calm', 'service-http.mjs')]);
    const daemon = await it.answering();
    const since = { at: Date.now(), cpu: processorMs(daemon) };
    const start = it.start([
      fixtureApp('calm', 'service-http.mjs'),
      ...names.map((name) => crashingApp(it, name, {}, { max_restarts: MOST_RESTARTS })),
    ]);
    await waitFor('restarts', () => startsIn(it).length > SERVICES * FREE_STARTS);
    expect(await it.run(['list'])).toMatchObject({ code: 0 });
    await waitFor('the end of all', async () =>
      (await it.list()).services.every(({ name, status }) => name === 'calm' || status === 'errored'),
    );
    const used = processorMs(daemon) - since.cpu;
    const took = Date.now() - since.at;
    expect(await start).toMatchObject({ code: 4 });
    const starts = startsIn(it);
    expect(starts.length).toBe(SERVICES * MOST_RESTARTS);
    const shared = starts.slice(SERVICES * FREE_STARTS);
    const inWindow = shared.map((at) => shared.filter((other) => other >= at && other < at + WINDOW_MS).length);
    expect(Math.max(...inWindow)).toBeLessThanOrEqual(MOST_IN_WINDOW);
    expect(used).toBeLessThan(took / 2);
    await waitFor('the burial of the dead', () => zombiesOf(daemon).length === 0);
    expect(await it.row('calm')).toMatchObject({ status: 'online', restarts: 0 });
    expect(await it.answering()).toBe(daemon);
  });
});

describe('a loop', () => {
  test.each([
    ['of lives longer than min_uptime', { min_uptime: 100, max_restarts: 4 }],
    ['of pauses longer than min_uptime', { min_uptime: 100, max_restarts: 4, restart_delay: 300 }],
  ])('%s is seen, given up with its cause, and begun anew when somebody asks', async (_, more) => {
    const it = supervised();
    await it.start([crashingApp(it, 'loop', { LIFE: 0.3 }, more)]);
    const row = await becomes(it, 'loop', 'errored');
    expect(startsIn(it)).toHaveLength(4);
    expect(row).toMatchObject({
      restarts: 3,
      unstableRestarts: 0,
      pid: null,
      lastExit: { code: 1, rootCause: CRASH_CODE },
    });
    expect(row.reason).toMatch(/^crashed 4 times in \d+ s; given up as max_restarts is 4; last: MODULE_NOT_FOUND: /);
    expect((await it.run(['list'])).stdout).toContain(CRASH_CODE);
    const { stdout } = await it.run(['show', 'loop']);
    expect(stdout).toContain('given up as max_restarts is 4');
    expect(stdout).toContain(CRASH_CODE);

    writeFileSync(stayFile(it), '');
    expect(await it.run(['restart', 'loop'])).toMatchObject({ code: 0 });
    expect(await it.row('loop')).toMatchObject({ status: 'online', reason: null });
  });

  test('that begins at boot is told by start, with its cause', async () => {
    const it = supervised();
    const { code, stdout } = await it.start([crashingApp(it, 'loop', {}, { max_restarts: 3 })]);
    expect(code).toBe(4);
    expect(stdout).toContain('exit 1');
    expect(stdout).toContain(CRASH_CODE);
    expect(stdout).toContain('devdoctor logs loop --err --nostream');
    await becomes(it, 'loop', 'errored');
    expect(startsIn(it)).toHaveLength(3);
    const again = await it.run(['start', 'loop']);
    expect(again.code).toBe(4);
    expect(again.stdout).toContain(CRASH_CODE);
  });
});

describe('an interpreter that is removed', () => {
  const linkNode = (path: string): void => {
    try {
      linkSync(process.execPath, path);
    } catch {
      // Another disk, or not ours: a name for it does as well.
      symlinkSync(process.execPath, path);
    }
  };

  test('is named, and nothing tries to run it again and again', async () => {
    const it = supervised();
    const node = join(it.folder, 'node');
    linkNode(node);
    const app = fixtureApp('api', 'service-http.mjs', { interpreter: node });
    expect(await it.start([app])).toMatchObject({ code: 0 });
    const { pid, id } = await it.row('api');
    renameSync(node, `${node}-gone`);
    process.kill(pid ?? 0, 'SIGKILL');
    const row = await becomes(it, 'api', 'errored');
    expect(row).toMatchObject({
      pid: null,
      reason: `its interpreter ${node} is gone`,
      lastExit: { signal: 'SIGKILL' },
    });
    expect(row.restarts).toBeLessThanOrEqual(1);
    expect(it.marked(id)).toEqual([]);
    const failed = await it.run(['restart', 'api']);
    expect(failed.code).toBe(4);
    expect(failed.stdout).toContain(`its interpreter ${node} is gone`);

    renameSync(`${node}-gone`, node);
    expect(await it.run(['restart', 'api'])).toMatchObject({ code: 0 });
    rmSync(node);
  });
});
