import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProcessTable } from '../../../src/model/process-table.ts';
import { createPortableProcessTable, runTool, type RunTool } from '../../../src/platform/packages/process-table.ts';
import { cleanEnvironment } from '../../helpers/clean-environment.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { recordedOutput } from './recorded-output.ts';

const start = (
  argv: readonly [string, ...string[]],
  env: Record<string, string> = {},
): ChildProcess & { readonly pid: number } => {
  const [file, ...args] = argv;
  const child = spawn(file, args, { stdio: 'ignore', env: cleanEnvironment(env) });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child as ChildProcess & { readonly pid: number };
};

const here = (now: () => number = () => performance.now()): ProcessTable =>
  createPortableProcessTable({ run: runTool, environmentOption: 'eww', now });

describe.runIf(process.platform === 'linux')('the portable process table', () => {
  it('sees what this machine shows, its births in seconds', async () => {
    const table = here();
    const { pid } = start(['sleep', '300']);
    const row = await waitFor('sleep', () => {
      const seen = table.look(pid);
      return seen?.name === 'sleep' ? seen : null;
    });
    expect(row).toMatchObject({ pid, parentPid: process.pid });
    expect(Math.abs(row.born - Date.now() / 1000)).toBeLessThan(3_600);
    expect(row.groupId).toBeGreaterThan(0);
    expect(row.rssBytes).toBeGreaterThan(0);
    expect(table.all().length).toBeGreaterThan(1);
  });

  it('looks anew before it signals, however fresh the last look is', async () => {
    const table = here(() => 0);
    const child = start(['sleep', '300']);
    const born = table.look(child.pid)?.born ?? 0;
    const target = { pid: child.pid, born, boot: table.boot };
    expect(table.signal({ ...target, born: born - 5 }, 'SIGKILL')).toBe('another-process');
    expect(table.signal({ ...target, boot: 'another' }, 'SIGKILL')).toBe('another-process');
    expect(table.signal(target, 'SIGSTOP')).toBe('sent');
    await waitFor('it to stop', () => table.isAtRest(child.pid));
    expect(table.signal(target, 'SIGKILL')).toBe('sent');
    await waitFor('the end', () => child.signalCode !== null);
    expect(table.look(child.pid)?.born).toBe(born);
    expect(table.signal(target, 'SIGKILL')).toBe('gone');
  });

  it('finds a variable by its exact value, and not among arguments', async () => {
    const table = here();
    const exact = start(['sleep', '300'], { DEVDOCTOR_SERVICE: 'k.1' });
    const longer = start(['sleep', '300'], { DEVDOCTOR_SERVICE: 'k.12' });
    const spoken = start(['perl', '-e', 'sleep 300', 'DEVDOCTOR_SERVICE=k.1']);
    const pids = [exact, longer, spoken].map(({ pid }) => pid);
    await waitFor('all of them', () => table.valuesOf(pids, 'DEVDOCTOR_SERVICE').size === 2);
    expect(table.withVariable(pids, 'DEVDOCTOR_SERVICE=k.1')).toEqual([exact.pid]);
  });

  it('names the ports of just these processes', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    expect(here().listeners([process.pid])).toContainEqual({ port, pid: process.pid });
    expect(here().listeners([start(['sleep', '300']).pid])).toEqual([]);
  });

  it('says of the rest that it cannot tell', () => {
    const table = here();
    expect([
      table.births(),
      table.listenMark(),
      table.pssBytes(process.pid),
      table.ignores(process.pid, 'SIGPIPE'),
    ]).toEqual([null, null, null, false]);
  });
});

describe('the portable process table on a recorded macOS', () => {
  const recorded: RunTool = (program, args) => {
    if (program === 'ps') return args.includes('-axo') ? recordedOutput('macos/ps/axo.txt') : '';
    if (program === 'sysctl' && args.includes('kern.bootsessionuuid')) return 'EA5FEA49-0C0F-4E5B-9D57-0F1C2B3A4D5E\n';
    return null;
  };

  it('knows the boot by the id of its session', () => {
    const table = createPortableProcessTable({ run: recorded, environmentOption: '-Eww', now: () => 0 });
    expect(table.boot).toBe('EA5FEA49-0C0F-4E5B-9D57-0F1C2B3A4D5E');
    expect(table.look(1205)).toMatchObject({ parentPid: 1204, state: 'stopped' });
  });

  it('knows the boot of an older system by its time', () => {
    const run: RunTool = (_, args) =>
      args.includes('kern.boottime') ? '{ sec = 1756713731, usec = 26214 } Mon Sep  1 08:02:11 2025\n' : null;
    expect(createPortableProcessTable({ run, environmentOption: '-Eww', now: () => 0 }).boot).toBe('1756713731');
  });

  it('takes no answer for a fault, and not for an empty machine', () => {
    const table = createPortableProcessTable({ run: () => '', environmentOption: '-Eww', now: () => 0 });
    expect(() => table.all()).toThrow('ps printed no process');
  });
});
