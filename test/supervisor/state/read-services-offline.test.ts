import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcessTable } from '../../../src/model/process-table.ts';
import type { ServiceDetail } from '../../../src/model/service.ts';
import { chooseProcessTable } from '../../../src/platform/choose.ts';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import type { RunRecord, ServiceRecord } from '../../../src/supervisor/state/records.ts';
import { readServicesOffline } from '../../../src/supervisor/state/read-services-offline.ts';
import { runBase } from '../../../src/supervisor/state/run-files.ts';
import { EMPTY_STATE, writeState } from '../../../src/supervisor/state/state-file.ts';
import { aLastExit, aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const table: ProcessTable = await chooseProcessTable(process.env);
const BORN = table.look(process.pid)?.born ?? 0;
const SELF = { pid: process.pid, born: BORN, boot: table.boot };
const STRANGER = { pid: process.pid, born: BORN - 1, boot: table.boot };
const EARLIER_BOOT = { pid: process.pid, born: BORN, boot: 'another' };
const RUN: RunRecord = { launch: 2, shim: SELF, main: SELF, startedAt: 1_000, isOn: true };

const homeWith = (...services: readonly ServiceRecord[]): Home => {
  const home = homeAt(makeTempDir());
  mkdirSync(home.run);
  writeState(home, { ...EMPTY_STATE, nextId: services.length, services });
  return home;
};

const online = (said: Partial<ServiceRecord> = {}): ServiceRecord =>
  aServiceRecord({ status: 'online', wanted: 'running', run: RUN, ...said });

const claim = (home: Home, launch: number, text: string): void => {
  writeFileSync(`${runBase(home.run, 0, launch)}.pid`, `boot ${table.boot}\n${text}`);
};

const only = (home: Home): ServiceDetail => {
  const [service] = readServicesOffline(home, null, table, 61_000).services;
  if (service === undefined) throw new Error('there is no service');
  return service;
};

describe('without a daemon', () => {
  it('a service that goes on is online, with its pid and its uptime', () => {
    expect(only(homeWith(online()))).toMatchObject({ status: 'online', pid: process.pid, uptimeMs: 60_000 });
  });

  it.each([
    ['whose pid somebody else has now', STRANGER],
    ['of an earlier boot', EARLIER_BOOT],
    ['that never said who it is', null],
  ])('a service %s is stopped', (_, main) => {
    expect(only(homeWith(online({ run: { ...RUN, main } })))).toMatchObject({
      status: 'stopped',
      pid: null,
      uptimeMs: null,
    });
  });

  it('a service that exited 7 meanwhile tells so', () => {
    const home = homeWith(online({ run: { ...RUN, main: STRANGER }, lastExit: aLastExit({ code: 3 }) }));
    claim(home, 2, `shim 1 1\nmain ${process.pid} ${BORN - 1}\n`);
    writeFileSync(`${runBase(home.run, 0, 2)}.exit`, '7\n');
    expect(only(home)).toMatchObject({ status: 'stopped', lastExit: { code: 7, signal: null } });
  });

  it('a launch that the state does not know yet is told', () => {
    const home = homeWith(online({ run: { ...RUN, main: STRANGER } }));
    claim(home, 3, `shim ${process.pid} ${BORN}\nmain ${process.pid} ${BORN}\n`);
    expect(only(home)).toMatchObject({ status: 'online', pid: process.pid });
  });

  it('a launch whose runner the state does not know yet is told', () => {
    const home = homeWith(online({ status: 'launching', run: { ...RUN, shim: null, main: null } }));
    claim(home, 2, `shim ${process.pid} ${BORN}\nmain ${process.pid} ${BORN}\n`);
    expect(only(home)).toMatchObject({ status: 'launching', pid: process.pid });
  });

  it('a service that was given up stays errored, and one that waited for its restart is stopped', () => {
    const over = { ...RUN, main: STRANGER, isOn: false };
    const told = (said: Partial<ServiceRecord>): string => only(homeWith(online({ run: over, ...said }))).status;
    expect(told({ status: 'errored', reason: 'crashed 16 times' })).toBe('errored');
    expect(told({ status: 'waiting restart' })).toBe('stopped');
    expect(told({ status: 'blocked', run: null })).toBe('stopped');
    expect(told({ status: 'errored', reason: 'no folder', run: null })).toBe('errored');
  });

  it('an end that is known keeps what was found out of it', () => {
    const lastExit = aLastExit({ rootCause: 'EADDRINUSE', evidence: 'listen EADDRINUSE' });
    const home = homeWith(
      online({ status: 'errored', reason: 'x', run: { ...RUN, main: STRANGER, isOn: false }, lastExit }),
    );
    claim(home, 2, '');
    writeFileSync(`${runBase(home.run, 0, 2)}.exit`, '1\n');
    expect(only(home).lastExit).toEqual(lastExit);
  });

  it('words choose as they do with one', () => {
    const home = homeWith(online(), online({ id: 1, spec: aServiceSpec({ name: 'web', namespace: 'shop' }) }));
    const names = (...targets: readonly string[]): readonly string[] =>
      readServicesOffline(home, targets, table, 0).services.map(({ name }) => name);
    expect([names('all'), names('web'), names('shop'), names('0')]).toEqual([
      ['api', 'web'],
      ['web'],
      ['web'],
      ['api'],
    ]);
    expect(() => names('wbe')).toThrow('there is no service "wbe"; did you mean web?');
  });

  it('a state that is not whole is told, and left where it is', () => {
    const home = homeWith(online());
    writeState(home, { ...EMPTY_STATE, generation: 2 });
    writeFileSync(home.state, 'broken');
    const before = readdirSync(home.folder).toSorted();
    const { services, notices } = readServicesOffline(home, null, table, 0);
    expect({ count: services.length, notices: notices.length }).toEqual({ count: 1, notices: 1 });
    expect(readdirSync(home.folder).toSorted()).toEqual(before);
  });

  it('there are no services where there is no home, and a name is told to be none', () => {
    expect(readServicesOffline(null, null, table, 0)).toEqual({ services: [], notices: [] });
    expect(() => readServicesOffline(null, ['api'], table, 0)).toThrow('there is no service "api"');
    const home = homeWith(online());
    rmSync(join(home.folder, 'run'), { recursive: true });
    expect(readServicesOffline(home, null, table, 0)).toEqual({ services: [], notices: [] });
  });
});
