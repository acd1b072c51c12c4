import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/supervisor/daemon/store.ts';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import type { SupervisorState } from '../../../src/supervisor/state/records.ts';
import { decodeState, previousOf, readState } from '../../../src/supervisor/state/state-file.ts';
import { aServiceRecord } from '../../helpers/a-service.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { isRoot, skipWhen } from '../../platform/skip-when.ts';

const NOW = 1_700_000_000_000;

const onDisk = (home: Home): SupervisorState => readState(home).state;
const twinOf = (home: Home): SupervisorState | null => {
  try {
    return decodeState(readFileSync(previousOf(home.state), 'utf8'));
  } catch {
    // Not there yet.
    return null;
  }
};

describe('a disk that takes nothing', () => {
  /** A folder whose name is taken by a file. */
  const hide = (home: Home): (() => void) => {
    renameSync(home.folder, `${home.folder}-away`);
    writeFileSync(home.folder, '');
    return () => {
      rmSync(home.folder);
      renameSync(`${home.folder}-away`, home.folder);
    };
  };

  it('is told, and what was to be written is written once it does', { timeout: 20_000 }, async () => {
    const home = homeAt(join(makeTempDir(), 'home'));
    mkdirSync(home.folder);
    const store = openStore(home, NOW);
    store.put(aServiceRecord());
    store.commit();
    const restore = hide(home);
    store.put(aServiceRecord({ status: 'online' }));
    store.commit();
    expect(store.record(0)?.status).toBe('online');
    expect(store.notices()).toEqual([expect.stringMatching(/^the state cannot be written \(ENOTDIR.*kept in memory/)]);
    restore();
    await waitFor('the state', () => onDisk(home).services[0]?.status === 'online');
    expect(store.notices()).toEqual([]);
  });

  it('for the second generation is told, and that is written once it does', { timeout: 20_000 }, async () => {
    const home = homeAt(join(makeTempDir(), 'home'));
    mkdirSync(home.folder);
    const store = openStore(home, NOW);
    store.put(aServiceRecord());
    store.commit();
    const restore = hide(home);
    await waitFor('the notice', () => store.notices().length > 0);
    restore();
    await waitFor('the twin', () => twinOf(home) !== null);
    expect(store.notices()).toEqual([]);
  });

  it(
    'as it is full is told, the old state is whole, and the new one is written when there is room',
    { timeout: 20_000 },
    async (context) => {
      const folder = makeTempDir();
      const isMounted = isRoot() && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder]).status === 0;
      skipWhen(context, !isMounted, 'this user cannot make a small disk');
      onTestFinished(() => void spawnSync('umount', ['-l', folder]));
      const home = homeAt(folder);
      const store = openStore(home, NOW);
      store.put(aServiceRecord());
      store.commit();
      expect(spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1k', 'count=100']).status).not.toBe(
        0,
      );
      store.put(aServiceRecord({ status: 'online', reason: 'x'.repeat(8_000) }));
      store.commit();
      expect(store.notices()).toEqual([expect.stringContaining('ENOSPC')]);
      expect(readState(home)).toMatchObject({ notices: [], state: { services: [{ status: 'stopped' }] } });
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      rmSync(join(folder, 'filler'));
      await waitFor('the state', () => onDisk(home).services[0]?.status === 'online');
      expect(store.notices()).toEqual([]);
    },
  );
});
