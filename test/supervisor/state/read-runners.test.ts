import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProcessTable, TableRow } from '../../../src/model/process-table.ts';
import { chooseProcessTable } from '../../../src/platform/choose.ts';
import { readRunners } from '../../../src/supervisor/state/read-runners.ts';
import { makeRunFilesPrivate, runBase } from '../../../src/supervisor/state/run-files.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const real = await chooseProcessTable(process.env);

/** When the shim of these tests wrote of its service, in seconds since the epoch. */
const WRITTEN = 1_700_000_000;

const tableOf = (birthUnit: ProcessTable['birthUnit'], births: Readonly<Record<number, number>>): ProcessTable => ({
  ...real,
  birthUnit,
  look: (pid) => {
    const born = births[pid];
    return born === undefined ? null : ({ pid, born, state: 'sleeping' } as TableRow);
  },
});

const runnersIn = (text: string, table: ProcessTable): ReturnType<typeof readRunners> => {
  const base = runBase(makeTempDir(), 0, 1);
  writeFileSync(`${base}.pid`, text);
  utimesSync(`${base}.pid`, WRITTEN, WRITTEN);
  return readRunners(base, table);
};

describe('who runs in a run', () => {
  it('is nobody where no shim took it', () => {
    const runners = readRunners(runBase(makeTempDir(), 0, 1), real);
    expect(runners).toEqual({ isClaimed: false, shim: null, main: null });
  });

  it('is who the shim wrote down, where it counts births as the table does', () => {
    // That another process has the pid now is for the one who signals to see.
    expect(runnersIn('boot b\nshim 10 500\nmain 11 501\n', tableOf('ticks', { 11: 9_999 }))).toEqual({
      isClaimed: true,
      shim: { pid: 10, born: 500, boot: 'b' },
      main: { pid: 11, born: 501, boot: 'b' },
    });
  });

  it.each([
    ['that began just before', WRITTEN - 2, true],
    ['that began just after, by a coarse clock', WRITTEN + 1, true],
    ['that began long before', WRITTEN - 600, false],
    ['that began long after: the pid is another’s now', WRITTEN + 600, false],
  ])('is, where only the table tells births, one %s: %s', (_, born, isBelieved) => {
    for (const written of ['', '12345']) {
      const { main } = runnersIn(`boot b\nshim 10 ${written}\nmain 11 ${written}\n`, tableOf('seconds', { 11: born }));
      expect(main).toEqual(isBelieved ? { pid: 11, born, boot: 'b' } : null);
    }
  });

  it('is nobody whose birth nobody tells any more', () => {
    for (const unit of ['seconds', 'ticks'] as const) {
      expect(runnersIn('boot b\nshim 10 \nmain 11 \n', tableOf(unit, {}))).toEqual({
        isClaimed: true,
        shim: null,
        main: null,
      });
    }
  });
});

it('the files of a run are made private', () => {
  const base = runBase(makeTempDir(), 0, 1);
  for (const ending of ['pid', 'exit']) writeFileSync(`${base}.${ending}`, '', { mode: 0o644 });
  makeRunFilesPrivate(base);
  for (const ending of ['pid', 'exit']) expect(statSync(`${base}.${ending}`).mode & 0o777).toBe(0o600);
});
