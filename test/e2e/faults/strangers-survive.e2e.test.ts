import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BirthMark } from '../../../src/model/service.ts';
import type { RunRecord } from '../../../src/supervisor/state/records.ts';
import { runBase } from '../../../src/supervisor/state/run-files.ts';
import { readState, writeState } from '../../../src/supervisor/state/state-file.ts';
import { startBystander } from '../../helpers/bystander.ts';
import { isAlive, signalIfAlive, sleeper, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

/** A pid that means somebody else now: born at another time, or the same ticks after another boot. */
const REUSED: Readonly<Record<string, (mark: BirthMark) => BirthMark>> = {
  'born at another time': (mark) => ({ ...mark, born: mark.born - 1 }),
  'of another boot': (mark) => ({ ...mark, boot: '00000000-0000-4000-8000-000000000000' }),
};

/** Ends supervisor and service at once, as a crash of the machine does; nobody wrote down how the service ended. */
const crash = async (it: Supervised): Promise<void> => {
  await it.killSupervisor();
  const doomed = it.marked();
  // The shims first, so that they write nothing.
  for (const pid of doomed) signalIfAlive(pid, 'SIGKILL');
  await waitFor('the end of all', () => doomed.every((pid) => !isAlive(pid)));
};

const plant = ({ home }: Supervised, run: (before: RunRecord) => RunRecord): void => {
  const { state } = readState(home);
  const services = state.services.map((record) => (record.run === null ? record : { ...record, run: run(record.run) }));
  writeState(home, { ...state, services });
};

const removeRuns = ({ home }: Supervised, ending: string): void => {
  const names = readdirSync(home.run).filter((name) => /^\d+-\d+\./.test(name) && name.endsWith(ending));
  for (const name of names) rmSync(join(home.run, name));
};

/** A shim's own words of who runs in a run. */
const claim = ({ home }: Supervised, launch: number, { boot, pid, born }: BirthMark): void =>
  writeFileSync(`${runBase(home.run, 0, launch)}.pid`, `boot ${boot}\nshim ${pid} ${born}\nmain ${pid} ${born}\n`);

/** How a crashed home can name a stranger. */
const PLANTED: Readonly<Record<string, (it: Supervised, stranger: BirthMark) => void>> = {
  'as the main process': (it, main) => {
    removeRuns(it, '.exit');
    plant(it, (run) => ({ ...run, isOn: true, main }));
  },
  'as the shim': (it, shim) => {
    removeRuns(it, '.exit');
    plant(it, (run) => ({ ...run, isOn: true, shim }));
  },
  'as both, without files of the run': (it, stranger) => {
    removeRuns(it, '');
    plant(it, (run) => ({ ...run, isOn: true, shim: stranger, main: stranger }));
  },
  'in the files of a later run': (it, stranger) => {
    claim(it, 2, stranger);
    plant(it, (run) => ({ ...run, isOn: true }));
  },
};

describe.each(Object.entries(REUSED))('a number that is a stranger, %s', (_, reused) => {
  test.each(Object.entries(PLANTED))('%s, is never signalled', async (_, plantIt) => {
    const it = supervised();
    const [bystander, started] = await Promise.all([startBystander(), it.start([sleeper('s')])]);
    expect(started).toMatchObject({ code: 0 });
    const stranger = reused(bystander.mark);
    await crash(it);
    plantIt(it, stranger);

    expect(await it.row('s')).toMatchObject({ status: 'stopped', pid: null });
    expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
    const row = await it.row('s');
    expect(row.status).toBe('online');
    expect(row.pid).not.toBe(bystander.mark.pid);
    expect(it.marked()).toHaveLength(2);
    expect(it.marked()).toContain(row.pid);

    expect(await it.run(['restart', 's'])).toMatchObject({ code: 0 });
    expect(await it.run(['delete', 's'])).toMatchObject({ code: 0 });
    expect(bystander.harm()).toEqual([]);
  });

  test.each(['stop', 'delete'])('does not get in the way of a %s, nor is it signalled', async (verb) => {
    const it = supervised();
    const [bystander] = await Promise.all([startBystander(), it.start([{ ...sleeper('s'), autorestart: false }])]);
    const stranger = reused(bystander.mark);
    await crash(it);
    removeRuns(it, '.exit');
    plant(it, (run) => ({ ...run, isOn: true, shim: stranger, main: stranger }));
    expect(await it.run([verb, 's'])).toMatchObject({ code: 0 });
    expect(it.marked()).toEqual([]);
    expect(bystander.harm()).toEqual([]);
  });

  test('holds no lock', async () => {
    const it = supervised();
    const [bystander] = await Promise.all([startBystander(), it.start([sleeper('s')])]);
    const { pid } = await it.row('s');
    await it.killSupervisor();
    const lock = readdirSync(it.home.folder).find((name) => name.startsWith('lock.')) ?? '';
    const file = join(it.home.folder, lock);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('pid');
    writeFileSync(file, JSON.stringify(reused(bystander.mark)));

    expect(await it.run(['restart', 's'])).toMatchObject({ code: 0 });
    expect((await it.row('s')).pid).not.toBe(pid);
    expect(it.daemons()).toHaveLength(1);
    expect(await it.run(['kill'])).toMatchObject({ code: 0 });
    expect(bystander.harm()).toEqual([]);
  });
});
