import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BirthMark } from '../../../src/model/service.ts';
import type { ProcessTable } from '../../../src/model/process-table.ts';
import { chooseProcessTable } from '../../../src/platform/choose.ts';
import { takeLock } from '../../../src/supervisor/daemon/lock.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { startRacers } from './lock-racer.ts';

const table = await chooseProcessTable(process.env);
const bornOf = (pid: number): number => table.look(pid)?.born ?? 0;
const SELF: BirthMark = { pid: process.pid, born: bornOf(process.pid), boot: table.boot };

const locksIn = (folder: string): readonly string[] => readdirSync(folder).toSorted();

const leave = (folder: string, number: number, text: string | BirthMark): void =>
  writeFileSync(join(folder, `lock.${number}`), typeof text === 'string' ? text : JSON.stringify(text));

/** A process that is over. */
const deadProcess = async (): Promise<BirthMark> => {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  const mark = { pid: child.pid ?? 0, born: bornOf(child.pid ?? 0), boot: table.boot };
  await once(child, 'exit');
  return mark;
};

describe('a lock', () => {
  it('is given to the first, and names its holder to the second', () => {
    const folder = makeTempDir();
    expect(takeLock(folder, SELF, table).ok).toBe(true);
    expect(locksIn(folder)).toEqual(['lock.1']);
    expect(statSync(join(folder, 'lock.1')).mode & 0o777).toBe(0o600);
    expect(takeLock(folder, SELF, table)).toEqual({ ok: false, holder: SELF });
    expect(locksIn(folder)).toEqual(['lock.1']);
  });

  it('that is released lets the next one in', () => {
    const folder = makeTempDir();
    for (let round = 0; round < 3; round += 1) {
      const outcome = takeLock(folder, SELF, table);
      if (!outcome.ok) throw new Error('the lock was not free');
      outcome.lock.release();
      outcome.lock.release();
      expect(locksIn(folder)).toEqual([]);
    }
  });

  it('of a process that is over counts for nothing', async () => {
    const folder = makeTempDir();
    leave(folder, 4, await deadProcess());
    expect(takeLock(folder, SELF, table).ok).toBe(true);
    expect(locksIn(folder)).toEqual(['lock.5']);
  });

  it.each([
    ['of another boot, whose pid a living process has', { ...SELF, boot: 'another boot' }],
    ['of a process whose pid somebody else has now', { ...SELF, born: SELF.born - 1 }],
    ['of nobody', { pid: 0, born: 0, boot: '' }],
    ['that is empty', ''],
    ['that is torn', JSON.stringify(SELF).slice(0, 12)],
    ['of NULs', '\0'.repeat(40)],
    ['of another kind', '[]'],
    ['of null', 'null'],
    ['without a birth', JSON.stringify({ pid: SELF.pid, boot: SELF.boot })],
  ] as const)('%s counts for nothing', (_, text) => {
    const folder = makeTempDir();
    leave(folder, 1, text);
    expect(takeLock(folder, SELF, table).ok).toBe(true);
    expect(locksIn(folder)).toEqual(['lock.2']);
    expect(takeLock(folder, SELF, table).ok).toBe(false);
  });

  it('of a zombie counts for nothing', async () => {
    const folder = makeTempDir();
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.01 & exec sleep 60'], { stdio: 'ignore' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const children = `/proc/${parent.pid}/task/${parent.pid}/children`;
    const zombie = await waitFor('a zombie', () => {
      const pid = Number(readFileSync(children, 'utf8').trim());
      return table.look(pid)?.state === 'zombie' ? pid : null;
    });
    leave(folder, 1, { pid: zombie, born: bornOf(zombie), boot: table.boot });
    expect(takeLock(folder, SELF, table).ok).toBe(true);
  });

  it('counts by its number, not by its letters', async () => {
    const folder = makeTempDir();
    for (const number of [2, 9, 10]) leave(folder, number, await deadProcess());
    writeFileSync(join(folder, 'lock.99.old'), '');
    writeFileSync(join(folder, 'block.98'), '');
    expect(takeLock(folder, SELF, table).ok).toBe(true);
    expect(locksIn(folder)).toEqual(['block.98', 'lock.11', 'lock.99.old']);
  });

  it('is not taken from one who got it while counting began anew', async () => {
    const folder = makeTempDir();
    const dead = await deadProcess();
    leave(folder, 5, dead);
    const [other] = await startRacers(1);
    if (other === undefined) throw new Error('there is no racer');
    const mark = { pid: other.pid, born: bornOf(other.pid), boot: table.boot };
    let isFirst = true;
    // Between the look at the old lock and the making of the new one, one takes and releases it, and another takes it.
    const meanwhile: ProcessTable = {
      ...table,
      look: (pid) => {
        if (pid === dead.pid && isFirst) {
          isFirst = false;
          const outcome = takeLock(folder, SELF, table);
          if (outcome.ok) outcome.lock.release();
          expect(takeLock(folder, mark, table).ok).toBe(true);
          expect(locksIn(folder)).toEqual(['lock.1']);
        }
        return table.look(pid);
      },
    };
    expect(takeLock(folder, SELF, meanwhile)).toEqual({ ok: false, holder: mark });
    expect(locksIn(folder)).toEqual(['lock.1']);
  });
});

describe('six processes that want one lock', () => {
  it(
    'have exactly one winner in each of twenty rounds, though a stale lock lies there',
    { timeout: 60_000 },
    async () => {
      const racers = await startRacers(6);
      const dead = await deadProcess();
      for (let round = 0; round < 20; round += 1) {
        const folder = makeTempDir();
        leave(folder, 1 + (round % 3), round % 4 === 3 ? '' : dead);
        const at = Date.now() + 20;
        const results = await Promise.all(racers.map((racer) => racer.tell({ what: 'take', folder, at })));
        const winners = racers.filter((_, index) => results[index] === 'won');
        expect({ round, winners: winners.length }).toEqual({ round, winners: 1 });
        expect(new Set(results.filter((result) => result !== 'won'))).toEqual(new Set([winners[0]?.pid]));
        await Promise.all(racers.map((racer) => racer.tell({ what: 'release' })));
        expect(locksIn(folder)).toEqual([]);
      }
    },
  );

  it('are never two inside, though locks come and go all the time', { timeout: 60_000 }, async () => {
    const racers = await startRacers(6);
    const folder = makeTempDir();
    const at = Date.now() + 50;
    const results = (await Promise.all(
      racers.map((racer) => racer.tell({ what: 'enter', folder, at, until: at + 1_500 })),
    )) as readonly { readonly times: number; readonly clashes: number }[];
    expect(results.map(({ clashes }) => clashes)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(results.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThan(20);
    expect(locksIn(folder)).toEqual([]);
  });

  it('get it from one that was killed with it', async () => {
    const [first, second] = await startRacers(2);
    const folder = makeTempDir();
    expect(await first?.tell({ what: 'take', folder, at: 0 })).toBe('won');
    expect(await second?.tell({ what: 'take', folder, at: 0 })).toBe(first?.pid);
    await first?.kill();
    expect(await second?.tell({ what: 'take', folder, at: 0 })).toBe('won');
    expect(locksIn(folder)).toEqual(['lock.2']);
  });
});
