import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProcessTraces, StandardStream } from '../../../src/model/process.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { readTraces } from '../../../src/platform/linux/read-traces.ts';
import { cleanEnvironment } from '../../helpers/clean-environment.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startProgram } from '../../helpers/start-program.ts';
import { terminalTrouble } from '../../helpers/terminal.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { isRoot, skipWhen } from '../skip-when.ts';

const reader = createProcessReader('/proc');

const look = (...pids: readonly number[]): readonly ProcessTraces[] => readTraces('/proc', reader, pids);

const streamsOf = (pid: number, ...others: readonly number[]): readonly StandardStream[] => {
  const traces = look(pid, ...others).find((one) => one.pid === pid);
  if (traces?.streams == null) throw new Error(`process ${pid} has streams to read`);
  return traces.streams;
};

/** Ends a process of this test's own that may have outlived its parent. */
const endLater = (pid: number): void => {
  const ticks = reader.stat(pid)?.startTicks;
  if (ticks === undefined) throw new Error(`process ${pid} is alive`);
  onTestFinished(() => {
    if (reader.stat(pid)?.startTicks === ticks) process.kill(pid, 'SIGKILL');
  });
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

const start = (
  file: string,
  args: readonly string[],
  stdio: StdioOptions,
  cwd: string = makeTempDir(),
): ChildProcess => {
  const child = spawn(file, args, { cwd, env: cleanEnvironment(), stdio });
  onTestFinished(() => end(child));
  return child;
};

const shell = (line: string, stdio: StdioOptions, cwd?: string): ChildProcess => start('sh', ['-c', line], stdio, cwd);

const pidOf = ({ pid }: ChildProcess): number => {
  if (pid === undefined) throw new Error('the program was started');
  return pid;
};

/** Waits until a shell has become the program it was to start. */
const become = async (pid: number, name: string): Promise<void> => {
  await waitFor(`process ${pid} to be ${name}`, () => reader.stat(pid)?.name === name);
};

/** The numbers a shell line printed to a stream, of each its last word. */
const printed = async (
  stream: AsyncIterable<unknown> | null | undefined,
  count: number,
): Promise<readonly number[]> => {
  const lines: string[] = [];
  let text = '';
  if (stream == null) throw new Error('the program was started with that stream');
  for await (const chunk of stream) {
    text += String(chunk);
    lines.splice(0, lines.length, ...text.split('\n').slice(0, -1));
    if (lines.length >= count) break;
  }
  return lines.sort().map((line) => Number(line.split(' ').at(-1)));
};

const MIDDLEMAN = `
  const child = require('node:child_process').spawn('sleep', ['600'], { stdio: ['pipe', 'pipe', 'pipe'] });
  console.log(child.pid);
  setInterval(() => {}, 1e6);
`;

describe.runIf(process.platform === 'linux')('streams over sockets, as node connects its children', () => {
  it('have somebody at the other end while the parent lives, and nobody after it was killed', async () => {
    const middleman = start(process.execPath, ['--eval', MIDDLEMAN], ['ignore', 'pipe', 'inherit']);
    const [pid = 0] = await printed(middleman.stdout, 1);
    endLater(pid);
    const told = { kind: 'socket', path: null, inherited: false };
    expect(streamsOf(pid)).toEqual([0, 1, 2].map(() => ({ ...told, abandoned: false })));
    await end(middleman);
    expect(streamsOf(pid)).toEqual([0, 1, 2].map(() => ({ ...told, abandoned: true })));
  });
});

const PIPELINE = `
  sh -c 'echo 1 $$ >&3; exec sleep 600 3>&-' | sh -c 'echo 2 $$ >&3; exec sleep 601 3>&-' 3>&3
`;

describe.runIf(process.platform === 'linux')('streams over pipes, as shells and most others connect theirs', () => {
  const pipeline = async (): Promise<readonly [writer: number, reader: number]> => {
    const line = shell(PIPELINE, ['ignore', 'ignore', 'ignore', 'pipe']);
    const [writer = 0, readerPid = 0] = await printed(line.stdio[3] as Readable, 2);
    endLater(writer);
    endLater(readerPid);
    await become(writer, 'sleep');
    await become(readerPid, 'sleep');
    return [writer, readerPid];
  };

  const kill = async (pid: number): Promise<void> => {
    process.kill(pid, 'SIGKILL');
    await waitFor(`process ${pid} to end`, () => (reader.stat(pid)?.state ?? 'zombie') === 'zombie');
  };

  it('have somebody at the other end while both live', async () => {
    const [writer, readerPid] = await pipeline();
    expect(streamsOf(writer)[1]).toEqual({ kind: 'pipe', path: null, abandoned: false, inherited: false });
    expect(streamsOf(readerPid)[0]).toEqual({ kind: 'pipe', path: null, abandoned: false, inherited: false });
  });

  it('have nobody to write to after the reader was killed', async (context) => {
    skipWhen(context, !isRoot(), 'whether nobody has a pipe is known only where every process can be read');
    const [writer, readerPid] = await pipeline();
    await kill(readerPid);
    expect(streamsOf(writer)[1]).toMatchObject({ kind: 'pipe', abandoned: true });
  });

  it('have nobody to read from after the writer was killed', async (context) => {
    skipWhen(context, !isRoot(), 'whether nobody has a pipe is known only where every process can be read');
    const [writer, readerPid] = await pipeline();
    await kill(writer);
    expect(streamsOf(readerPid)[0]).toMatchObject({ kind: 'pipe', abandoned: true });
  });
});

describe.runIf(process.platform === 'linux')('streams to a terminal', () => {
  const WAIT = `trap '' HUP; echo $$ > pid.new; mv pid.new pid; exec sleep 600`;

  it('are to one that is no more, once its window was closed', async (context) => {
    skipWhen(context, terminalTrouble !== null, terminalTrouble ?? '');
    const folder = makeTempDir();
    const window = start('script', ['--quiet', '--command', WAIT, '/dev/null'], ['pipe', 'ignore', 'ignore'], folder);
    await waitFor('the program in the terminal', () => existsSync(join(folder, 'pid')));
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    endLater(pid);
    await become(pid, 'sleep');
    const path = expect.stringMatching(/^\/dev\/pts\/\d+$/) as string;
    const opened = { kind: 'terminal', path, abandoned: false };
    expect(streamsOf(pid)).toMatchObject([opened, opened, opened]);
    await end(window);
    const closed = { kind: 'terminal', path, abandoned: true };
    await waitFor('the terminal to go', () => streamsOf(pid)[0]?.abandoned === true);
    expect(streamsOf(pid)).toMatchObject([closed, closed, closed]);
  });
});

describe.runIf(process.platform === 'linux')('streams to nobody', () => {
  it('are a file, nothing, or closed', async () => {
    const folder = makeTempDir();
    const child = shell('exec sleep 600 <&- >server.log 2>/dev/null', ['ignore', 'ignore', 'ignore'], folder);
    await become(pidOf(child), 'sleep');
    const [input, output, errors] = streamsOf(pidOf(child));
    expect(input).toEqual({ kind: 'closed', path: null, abandoned: null, inherited: false });
    expect(output).toEqual({ kind: 'file', path: join(folder, 'server.log'), abandoned: null, inherited: false });
    expect(errors).toMatchObject({ kind: 'null', path: '/dev/null', abandoned: null });
  });

  it('are no log file once that was removed', async () => {
    const folder = makeTempDir();
    const child = shell('exec sleep 600 >server.log', ['ignore', 'ignore', 'ignore'], folder);
    await become(pidOf(child), 'sleep');
    unlinkSync(join(folder, 'server.log'));
    expect(streamsOf(pidOf(child))[1]).toMatchObject({
      kind: 'other',
      path: join(folder, 'server.log'),
      abandoned: null,
    });
  });

  it('are something else where they are devices', async () => {
    const child = shell('exec sleep 600 </dev/zero', ['ignore', 'ignore', 'ignore']);
    await become(pidOf(child), 'sleep');
    expect(streamsOf(pidOf(child))[0]).toMatchObject({ kind: 'other', path: '/dev/zero', abandoned: null });
  });

  it('are the same as those of the parent, where they were inherited', async () => {
    const line = shell('sleep 600 3>&- & echo $! >&3; wait', ['ignore', 'pipe', 'ignore', 'pipe']);
    const [pid = 0] = await printed(line.stdio[3] as Readable, 1);
    endLater(pid);
    await become(pid, 'sleep');
    expect(streamsOf(pid)[1]).toEqual({ kind: 'socket', path: null, abandoned: false, inherited: true });
    expect(streamsOf(pidOf(line))[1]).toEqual({ kind: 'socket', path: null, abandoned: false, inherited: false });
  });
});

describe.runIf(process.platform === 'linux')('connections', () => {
  it('to a port are its clients, and those of its own making are not', async () => {
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    expect(look(server.pid)).toMatchObject([{ ports: [port], clients: 0, outgoing: 0, socketsRead: true }]);
    const client = await startProgram('connect.mjs', '127.0.0.1', port);
    await waitFor('the server to accept', () => look(server.pid)[0]?.clients === 1);
    expect(look(server.pid, client.pid)).toMatchObject([
      { pid: server.pid, ports: [port], clients: 1, outgoing: 0, socketsRead: true },
      { pid: client.pid, ports: [], clients: 0, outgoing: 1, socketsRead: true },
    ]);
  });

  it('are looked for only in what still lives', () => {
    const { pid } = spawnSync('true');
    expect(look(pid)).toEqual([]);
  });
});
