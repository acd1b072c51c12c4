import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BirthMark } from '../../../../src/model/service.ts';
import { createPortableProcessTable, runTool } from '../../../../src/platform/packages/process-table.ts';
import { endTree, type EndOptions } from '../../../../src/supervisor/daemon/tree/end-tree.ts';
import { fixture } from '../../../helpers/paths.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { birthOf, CLOCK, isAlive, SLEEPER, startRun, TABLE } from './a-run.ts';

/** Longer than a test may last: who waits for it fails. */
const LONG: EndOptions = { signal: 'SIGINT', killTimeoutMs: 120_000, treeKill: true, clock: CLOCK };
const SHORT: EndOptions = { ...LONG, killTimeoutMs: 300 };
const ALL_GONE = { forced: 0, survivors: [] };

/** Catches the polite signal and goes on, as a shell in the background cannot. */
const STAYER = `perl -e '$SIG{INT} = sub {}; open F, ">>", $ARGV[0]; print F "$$\\n"; close F; sleep 1 while 1' "$0"`;

const setSid = `setsid ${SLEEPER} &`;
const doubleForked = `(setsid sh -c '(${SLEEPER.replaceAll("'", `'\\''`)}) &' "$0" &)`;

describe.runIf(process.platform === 'linux')('endTree', () => {
  it('ends attached, detached and double-forked processes alike', async () => {
    const run = await startRun(`${SLEEPER} & ${setSid} ${doubleForked}\n wait; wait`);
    const pids = await run.pids(3);
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(isAlive(run.shim)).toBe(false);
  });

  it('lets the shim write down how the main process ended', async () => {
    const run = await startRun('trap "exit 7" INT; echo $$ >>"$0"; while :; do sleep 0.05; done');
    await run.pids(1);
    await endTree(TABLE, run.family, LONG);
    expect(run.exit()).toBe('7');
  });

  it('finds by the mark what outlived its whole family', async () => {
    const run = await startRun(`${setSid} ${doubleForked}\n wait`);
    const pids = await run.pids(2);
    for (const pid of [run.main, run.shim]) process.kill(pid, 'SIGKILL');
    await waitFor('the shim to end', () => !isAlive(run.shim));
    expect(pids.every(isAlive)).toBe(true);
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('sends SIGTERM at once to what ignores the polite signal', async () => {
    const run = await startRun(`trap "" INT; ${SLEEPER}`);
    const pids = await run.pids(1);
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('sends SIGTERM to those that stay when the main process went', async () => {
    const run = await startRun(`setsid ${STAYER} & exec ${SLEEPER}`);
    const pids = await run.pids(2);
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('kills what ignores everything, and counts it', async () => {
    const run = await startRun(`trap "" INT TERM; ${SLEEPER} & ${SLEEPER}`);
    const pids = await run.pids(2);
    const ending = await endTree(TABLE, run.family, SHORT);
    expect(ending.survivors).toEqual([]);
    expect(ending.forced).toBeGreaterThanOrEqual(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('insists with SIGTERM before it kills', async () => {
    const run = await startRun('trap : INT; trap "exit 9" TERM; echo $$ >>"$0"; while :; do sleep 0.05; done');
    await run.pids(1);
    expect(await endTree(TABLE, run.family, { ...LONG, killTimeoutMs: 3_000 })).toEqual(ALL_GONE);
    expect(run.exit()).toBe('9');
  });

  it('wakes what was stopped, the shim too', async () => {
    const run = await startRun(`${SLEEPER} & exec ${SLEEPER}`);
    const pids = await run.pids(2);
    for (const pid of [...pids, run.shim]) process.kill(pid, 'SIGSTOP');
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    expect([...pids, run.shim].filter(isAlive)).toEqual([]);
  });

  it('ends what is started in answer to the signal', async () => {
    const run = await startRun([process.execPath, fixture('tree-fork-at-end.mjs')]);
    await run.pids(1);
    expect(await endTree(TABLE, run.family, LONG)).toEqual(ALL_GONE);
    const pids = await run.pids(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('does not wait for a zombie', async () => {
    const mark = `DEVDOCTOR_SERVICE=zombie.${process.pid}`;
    const script = `$p = fork; if (!$p) { exec 'env', '${mark}', 'sleep', '300' } print "$p\\n"; $| = 1; print ""; sleep 300`;
    const parent = spawn('perl', ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [pid] = await waitFor('the marked process', () => {
      const found = TABLE.withVariable(
        TABLE.all().map(({ pid }) => pid),
        mark,
      );
      return found.length > 0 && found;
    });
    expect(await endTree(TABLE, { shim: null, main: null, mark, known: [] }, LONG)).toEqual(ALL_GONE);
    expect(TABLE.look(pid ?? 0)?.state).toBe('zombie');
  });

  it('signals the main process alone when the tree is to live', async () => {
    const run = await startRun(`${setSid} echo $$ >>"$0"; exec sleep 300`);
    const pids = await run.pids(2);
    expect(await endTree(TABLE, run.family, { ...LONG, treeKill: false })).toEqual(ALL_GONE);
    expect(pids.filter(isAlive)).toEqual(pids.filter((pid) => pid !== run.main));
  });

  it('never signals whoever has a reused pid, nor the group of it', async () => {
    const bystander = await startRun(`${SLEEPER} & ${SLEEPER} & wait`);
    const pids = await bystander.pids(2);
    const reused = (pid: number, said: Partial<BirthMark>): BirthMark => ({ ...birthOf(pid), ...said });
    for (const said of [{ born: 1 }, { boot: 'another' }]) {
      const family = {
        shim: reused(bystander.shim, said),
        main: reused(bystander.main, said),
        known: pids.map((pid) => reused(pid, said)),
        mark: `DEVDOCTOR_SERVICE=nobody.${process.pid}`,
      };
      expect(await endTree(TABLE, family, SHORT)).toEqual(ALL_GONE);
    }
    expect([...pids, bystander.main, bystander.shim].filter((pid) => !isAlive(pid))).toEqual([]);
  });

  it('does as well with what ps tells', async () => {
    const run = await startRun(`${SLEEPER} & ${setSid} ${doubleForked}\n wait; wait`);
    const pids = await run.pids(3);
    const table = createPortableProcessTable({ run: runTool, environmentOption: 'eww', now: () => performance.now() });
    const family = { ...run.family, shim: birthOf(run.shim, table), main: birthOf(run.main, table) };
    expect(await endTree(table, family, { ...LONG, signal: 'SIGTERM' })).toEqual(ALL_GONE);
    expect([...pids, run.shim].filter(isAlive)).toEqual([]);
  });

  it('ends many at once', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => startRun(`${SLEEPER} & ${setSid} wait; wait`)));
    const pids = (await Promise.all(runs.map((run) => run.pids(2)))).flat();
    const endings = await Promise.all(runs.map((run) => endTree(TABLE, run.family, LONG)));
    expect(endings).toEqual(runs.map(() => ALL_GONE));
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
