import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import { EMPTY_STATE, readState, writeState, writeTwin } from '../../../src/supervisor/state/state-file.ts';
import { bundleModule } from '../../helpers/bundle-module.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const OLD = { ...EMPTY_STATE, generation: 7, nextId: 7 };
const NEW = { ...EMPTY_STATE, generation: 8, nextId: 8 };

/** Kills itself at the n-th call that changes or syncs a file; one that writes text has written half of it by then. */
const KILL_AT = `
  const fs = require('node:fs');
  let left = Number(process.argv[2]);
  for (const name of ['openSync', 'fchmodSync', 'writeFileSync', 'fsyncSync', 'linkSync', 'renameSync', 'rmSync']) {
    const original = fs[name];
    fs[name] = (...args) => {
      left -= 1;
      if (left > 0) return original(...args);
      if (name === 'writeFileSync') original(args[0], args[1].slice(0, args[1].length / 2), args[2]);
      process.kill(process.pid, 'SIGKILL');
    };
  }
  const { writeState, writeTwin } = require(process.argv[3]);
  const write = process.argv[4] === 'twin' ? writeTwin : writeState;
  write({ state: process.argv[5] }, ${JSON.stringify(NEW)});
`;

interface Killed {
  readonly home: Home;
  readonly wasKilled: boolean;
}

/** Writes with a kill at each of its calls, each time on a copy of the same home, until a write comes through. */
const writeWithKills = (from: Home, what: 'state' | 'twin'): readonly Killed[] => {
  const folder = makeTempDir();
  const program = join(folder, 'kill-at.cjs');
  writeFileSync(program, KILL_AT);
  const bundle = bundleModule('src/supervisor/state/state-file.ts', folder);
  const all: Killed[] = [];
  for (let call = 1; all.at(-1)?.wasKilled !== false; call += 1) {
    const copy = join(folder, `home-${call}`);
    cpSync(from.folder, copy, { recursive: true });
    const home = homeAt(copy);
    const { signal, status, stderr } = spawnSync(process.execPath, [program, String(call), bundle, what, home.state], {
      encoding: 'utf8',
    });
    expect({ call, stderr, isKnown: signal === 'SIGKILL' || status === 0 }).toEqual({
      call,
      stderr: '',
      isKnown: true,
    });
    all.push({ home, wasKilled: signal === 'SIGKILL' });
  }
  return all;
};

const homeWith = (prepare: (home: Home) => void): Home => {
  const folder = join(makeTempDir(), 'home');
  mkdirSync(folder);
  const home = homeAt(folder);
  prepare(home);
  return home;
};

it.each([
  [
    'with a generation before',
    (home: Home) => [6, 7].forEach((generation) => writeState(home, { ...OLD, generation })),
  ],
  ['with twins', (home: Home) => [writeState, writeTwin].forEach((write) => write(home, OLD))],
])('a writer that is killed at any call leaves the old or the new state, %s', { timeout: 60_000 }, (_, prepare) => {
  const killed = writeWithKills(homeWith(prepare), 'state');
  expect(killed.length).toBeGreaterThan(8);
  for (const { home, wasKilled } of killed) {
    const { state, notices, corrupt } = readState(home);
    expect([7, 8]).toContain(state.generation);
    if (!wasKilled) expect(state).toEqual(NEW);
    expect({ notices, corrupt }).toEqual({ notices: [], corrupt: [] });
    // And the next writer gets on as if nothing had been.
    writeState(home, { ...NEW, generation: 9 });
    expect(readState(home).state.generation).toBe(9);
  }
  expect(readdirSync(killed.at(-1)?.home.folder ?? '').toSorted()).toEqual(['services.json', 'services.json.1']);
});

it('the first writer of all that is killed leaves nothing or the new state', { timeout: 60_000 }, () => {
  const killed = writeWithKills(
    homeWith(() => {}),
    'state',
  );
  for (const { home } of killed) {
    const { state, notices } = readState(home);
    expect([0, 8]).toContain(state.generation);
    expect(notices).toEqual([]);
  }
});

it('a writer of the twin that is killed at any call leaves the state as it was', { timeout: 60_000 }, () => {
  const killed = writeWithKills(
    homeWith((home) => writeState(home, NEW)),
    'twin',
  );
  for (const { home } of killed) expect(readState(home)).toEqual({ state: NEW, notices: [], corrupt: [] });
});
