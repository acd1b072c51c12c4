import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BirthMark } from '../../../src/model/service.ts';
import { createLinuxProcessTable } from '../../../src/platform/linux/process-table.ts';
import { cleanEnvironment } from '../../helpers/clean-environment.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startCommand, startProgram } from '../../helpers/start-program.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { recordedProc } from './fake-proc.ts';

const table = createLinuxProcessTable();

/** Makes a socket, says `ready`, and listens on it only when it is told to. */
const LISTEN_AT_SIGNAL = `
  use Socket; $| = 1; socket(S, PF_INET, SOCK_STREAM, 0);
  $SIG{USR1} = sub { bind(S, sockaddr_in(0, INADDR_LOOPBACK)); listen(S, 1) };
  print "ready {\\"pid\\":$$,\\"others\\":[]}\\n"; sleep 1 while 1;`;

const start = async (
  argv: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<ChildProcess & { readonly pid: number }> => {
  const [file, ...args] = argv;
  const child = spawn(file, args, { stdio: 'ignore', env: cleanEnvironment(env) });
  onTestFinished(() => void child.kill('SIGKILL'));
  const name = file.slice(file.lastIndexOf('/') + 1).slice(0, 15);
  await waitFor(`${name} to run`, () => child.pid !== undefined && table.look(child.pid)?.name === name);
  return child as ChildProcess & { readonly pid: number };
};

const birthOf = (pid: number): BirthMark => ({ pid, born: table.look(pid)?.born ?? 0, boot: table.boot });

const listen = (): Promise<Server & { readonly port: number }> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(Object.assign(server, { port: typeof address === 'object' ? (address?.port ?? 0) : 0 }));
    });
    onTestFinished(() => void server.close());
  });

describe.runIf(process.platform === 'linux')('the process table of Linux', () => {
  it('tells who a process is', async () => {
    const { pid } = await start(['sleep', '300']);
    const row = table.look(pid);
    expect(row).toMatchObject({ pid, parentPid: process.pid, name: 'sleep' });
    expect(row?.born).toBeGreaterThan(table.look(process.pid)?.born ?? Number.POSITIVE_INFINITY);
    expect(table.look(process.pid)?.rssBytes).toBeGreaterThan(1_000_000);
    expect(table.all().find((one) => one.pid === pid)?.born).toBe(row?.born);
    expect(table.all(new Set([pid])).some((one) => one.pid === pid)).toBe(false);
  });

  it('reads a recorded process whole', () => {
    const recorded = createLinuxProcessTable(recordedProc('limited-group'));
    expect(recorded.look(700)).toMatchObject({ pid: 700, cpuMs: expect.any(Number), rssBytes: expect.any(Number) });
    expect(recorded.boot).toBe('unknown');
    expect(recorded.births()).toBeNull();
  });

  it('is not misled by a name with parentheses and spaces', async () => {
    const program = join(makeTempDir(), 'x) Z 1 (y');
    copyFileSync('/bin/sleep', program);
    const { pid } = await start([program, '300']);
    expect(table.look(pid)).toMatchObject({ parentPid: process.pid, groupId: table.look(process.pid)?.groupId });
  });

  it('finds a variable by its exact name and value alone', async () => {
    const exact = await start(['sleep', '300'], { DEVDOCTOR_SERVICE: 'k.1' });
    const longer = await start(['sleep', '300'], { DEVDOCTOR_SERVICE: 'k.12' });
    const other = await start(['sleep', '300'], { X_DEVDOCTOR_SERVICE: 'k.1', OTHER: 'DEVDOCTOR_SERVICE=k.1' });
    const spoken = await start(['perl', '-e', 'sleep 300', 'DEVDOCTOR_SERVICE=k.1']);
    const pids = [exact, longer, other, spoken].map(({ pid }) => pid);
    expect(table.withVariable(pids, 'DEVDOCTOR_SERVICE=k.1')).toEqual([exact.pid]);
    expect([...table.valuesOf(pids, 'DEVDOCTOR_SERVICE')]).toEqual([
      [exact.pid, 'k.1'],
      [longer.pid, 'k.12'],
    ]);
  });

  it('tells which signals are ignored', async () => {
    const { pid } = await startProgram('ignore-sigterm.mjs', await freePort());
    expect(table.ignores(pid, 'SIGTERM')).toBe(false);
    const deaf = await start(['perl', '-e', '$SIG{INT} = "IGNORE"; sleep 300']);
    await waitFor('it to be deaf', () => table.ignores(deaf.pid, 'SIGINT'));
    expect(table.ignores(deaf.pid, 'SIGTERM')).toBe(false);
  });

  it('sees all threads come to rest', async () => {
    const { pid } = await startProgram('wait.mjs');
    expect(table.isAtRest(pid)).toBe(false);
    process.kill(pid, 'SIGSTOP');
    await waitFor('every thread to stop', () => table.isAtRest(pid));
    expect(table.look(pid)?.state).toBe('stopped');
    process.kill(pid, 'SIGCONT');
    expect(table.isAtRest(pid)).toBe(false);
  });

  it('measures shares of memory, and says when there is none to measure', () => {
    expect(table.pssBytes(process.pid)).toBeGreaterThan(1_000_000);
    expect(table.pssBytes(2 ** 22 + 1)).toBeNull();
  });

  it('names the ports of just these processes, as they come and go', async () => {
    const before = table.listeners([process.pid]);
    const mark = table.listenMark();
    const server = await listen();
    expect(table.listeners([process.pid])).toEqual([...before, { port: server.port, pid: process.pid }]);
    const { pid } = await start(['sleep', '300']);
    expect(table.listeners([pid])).toEqual([]);
    await waitFor('the mark to change', () => table.listenMark() !== mark);
    await new Promise((resolve) => server.close(resolve));
    expect(table.listeners([process.pid])).toEqual(before);
  });

  it('looks again at a socket that did not listen at first', async () => {
    let now = 0;
    const patient = createLinuxProcessTable('/proc', () => now);
    const { pid } = await startCommand(['perl', '-e', LISTEN_AT_SIGNAL]);
    expect(patient.listeners([pid])).toEqual([]);
    process.kill(pid, 'SIGUSR1');
    await waitFor('it to listen', () => {
      now += 1_000;
      return patient.listeners([pid]).length === 1;
    });
  });

  it('counts births', async () => {
    const before = table.births();
    await start(['sleep', '300']);
    expect(table.births()).not.toBe(before);
  });

  it('signals nobody but the process that is meant', async () => {
    const child = await start(['sleep', '300']);
    const target = birthOf(child.pid);
    expect(table.signal({ ...target, born: target.born + 1 }, 'SIGKILL')).toBe('another-process');
    expect(table.signal({ ...target, boot: 'another' }, 'SIGKILL')).toBe('another-process');
    expect(table.look(child.pid)?.born).toBe(target.born);
    expect(table.signal(target, 'SIGKILL')).toBe('sent');
    await waitFor('the end', () => child.signalCode !== null);
    expect(table.signal(target, 'SIGKILL')).toBe('gone');
  });

  it('takes a zombie for gone', async () => {
    const parent = await start(['perl', '-e', '$p = fork; exec "true" unless $p; sleep 300']);
    const zombie = await waitFor(
      'a zombie',
      () => table.all().find((row) => row.parentPid === parent.pid && row.state === 'zombie') ?? null,
    );
    expect(table.signal(birthOf(zombie.pid), 'SIGKILL')).toBe('gone');
    expect(table.isAtRest(zombie.pid)).toBe(true);
  });
});
