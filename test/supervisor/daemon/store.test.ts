import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/supervisor/daemon/store.ts';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import type { SupervisorState } from '../../../src/supervisor/state/records.ts';
import { decodeState, previousOf, readState, writeState } from '../../../src/supervisor/state/state-file.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const NOW = 1_700_000_000_000;

const aHome = (): Home => homeAt(makeTempDir());
const onDisk = (home: Home): SupervisorState => readState(home).state;
const twinOf = (home: Home): SupervisorState | null => {
  try {
    return decodeState(readFileSync(previousOf(home.state), 'utf8'));
  } catch {
    // Not there yet.
    return null;
  }
};

describe('what is put into the store', () => {
  it('is known at once, and on the disk soon', async () => {
    const home = aHome();
    const store = openStore(home, NOW);
    store.put(aServiceRecord({ id: store.nextId() }));
    expect(store.record(0)).toMatchObject({ id: 0 });
    expect(statSync(home.state, { throwIfNoEntry: false })).toBeUndefined();
    await waitFor('the state', () => onDisk(home).services.length === 1);
    expect(onDisk(home)).toMatchObject({ generation: 1, nextId: 1 });
  });

  it('together is written together', async () => {
    const home = aHome();
    const store = openStore(home, NOW);
    for (let id = 0; id < 200; id += 1) store.put(aServiceRecord({ id }));
    await waitFor('the state', () => onDisk(home).services.length === 200);
    expect(onDisk(home).generation).toBe(1);
  });

  it('is on the disk when that is asked for, and then not once more', async () => {
    const home = aHome();
    const store = openStore(home, NOW);
    store.put(aServiceRecord());
    store.commit();
    store.commit();
    expect(onDisk(home)).toMatchObject({ generation: 1, services: [{ id: 0 }] });
    await waitFor('the twin', () => twinOf(home) !== null);
    expect(onDisk(home).generation).toBe(1);
  });

  it('takes the place of what was there, in its order', () => {
    const store = openStore(aHome(), NOW);
    for (const id of [0, 1, 2]) store.put(aServiceRecord({ id }));
    store.put(aServiceRecord({ id: 1, status: 'online' }));
    expect(store.records().map(({ id, status }) => `${id} ${status}`)).toEqual(['0 stopped', '1 online', '2 stopped']);
    store.remove(0);
    expect([store.record(0), store.records().map(({ id }) => id)]).toEqual([null, [1, 2]]);
  });

  it('leaves what was read before as it was', () => {
    const store = openStore(aHome(), NOW);
    store.put(aServiceRecord());
    const before = store.records();
    store.put(aServiceRecord({ status: 'online' }));
    expect(before[0]?.status).toBe('stopped');
  });

  it('has ids that never come again', () => {
    const home = aHome();
    const store = openStore(home, NOW);
    expect([store.nextId(), store.nextId()]).toEqual([0, 1]);
    store.remove(1);
    store.commit();
    expect(openStore(home, NOW).nextId()).toBe(2);
  });

  it('is in both generations once it is quiet, however often it was asked to be on the disk', async () => {
    const home = aHome();
    const store = openStore(home, NOW);
    store.put(aServiceRecord());
    store.commit();
    store.commit();
    await waitFor('the twin', () => twinOf(home) !== null);
    expect(twinOf(home)).toEqual(onDisk(home));
    writeFileSync(home.state, 'broken');
    expect(openStore(home, NOW).record(0)).not.toBeNull();
  });
});

describe('a store whose file is not whole', () => {
  const broken = (): Home => {
    const home = aHome();
    for (const generation of [1, 2]) {
      const services = [aServiceRecord({ spec: aServiceSpec({ name: `of ${generation}` }) })];
      writeState(home, { schemaVersion: 1, generation, nextId: 1, services });
    }
    writeFileSync(home.state, 'broken');
    return home;
  };

  it('has the generation before, says so, and keeps the file for a person to look at', () => {
    const home = broken();
    const store = openStore(home, NOW);
    expect(store.record(0)?.spec.name).toBe('of 1');
    const aside = `${home.state}.corrupt-${NOW}`;
    expect(store.notices()).toEqual([
      `${home.state} was not whole; the generation before was used, with 1 service (kept as ${aside})`,
    ]);
    expect(readFileSync(aside, 'utf8')).toBe('broken');
    expect(readState(home)).toMatchObject({ notices: [], state: { services: [{ id: 0 }] } });
  });

  it('says so for as long as it lives, and the next one no more', () => {
    const home = broken();
    const store = openStore(home, NOW);
    store.put(aServiceRecord({ status: 'online' }));
    store.commit();
    expect(store.notices()).toHaveLength(1);
    expect(openStore(home, NOW).notices()).toEqual([]);
  });

  it('in both generations is empty, says so, and keeps both files', () => {
    const home = broken();
    writeFileSync(previousOf(home.state), 'broken too');
    const store = openStore(home, NOW);
    expect(store.records()).toEqual([]);
    const [notice = ''] = store.notices();
    expect(notice).toContain('the list of services is lost');
    for (const name of ['services.json', 'services.json.1']) {
      expect(notice).toContain(`${join(home.folder, name)}.corrupt-${NOW}`);
      expect(readFileSync(join(home.folder, `${name}.corrupt-${NOW}`), 'utf8')).toMatch(/^broken/);
    }
  });

  it('that is missing beside the generation before says so, and has it', () => {
    const home = broken();
    rmSync(home.state);
    const store = openStore(home, NOW);
    expect(store.records()).toHaveLength(1);
    expect(store.notices()).toEqual([`${home.state} was missing; the generation before was used, with 1 service`]);
    expect(readState(home).notices).toEqual([]);
  });

  it('is opened without what a writer that was killed left behind', () => {
    const home = broken();
    for (const name of ['services.json.12-ab.tmp', 'services.json.1.tmp', 'services.json.1.7-cd.tmp'])
      writeFileSync(join(home.folder, name), 'half');
    writeFileSync(join(home.folder, 'other.tmp'), 'of somebody else');
    openStore(home, NOW);
    expect(readdirSync(home.folder).filter((name) => name.endsWith('.tmp'))).toEqual(['other.tmp']);
  });
});
