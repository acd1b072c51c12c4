import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { cliPath } from '../helpers/paths.ts';
import { runCli } from '../helpers/run-cli.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const MB = 1024 ** 2;

/** Holds megabytes of its own, has a child that holds more, and takes more each second. */
const EATER = `
  import { spawn } from 'node:child_process';
  const [own, below, more] = process.argv.slice(2).map(Number);
  const kept = [Buffer.alloc(own * 2 ** 20, 1)];
  const ready = () => process.stdout.write('ready');
  if (below > 0) {
    const child = spawn(process.execPath, ['eater.mjs', String(below), '0', '0'], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.once('data', ready);
  } else ready();
  setInterval(() => more > 0 && kept.push(Buffer.alloc(more * 2 ** 20, 1)), 1000);
  process.stdin.resume().once('end', () => process.exit());
`;

interface Told {
  readonly findings: readonly {
    readonly check: string;
    readonly severity: string;
    readonly data: {
      readonly pid: number;
      readonly treeBytes: number;
      readonly limitSource: string;
      readonly trend: { readonly bytesPerMinute: number; readonly verdict: string } | null;
    };
  }[];
}

const started: ChildProcess[] = [];

/** Closing its input ends the eater and then, by the same way, its child. */
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.stdin?.end();
    await once(child, 'exit');
  }
});

const projectWith = (settings: unknown): string => {
  const folder = makeTempDir();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', devdoctor: settings }));
  writeFileSync(join(folder, 'eater.mjs'), EATER);
  return folder;
};

const startEater = async (cwd: string, ...megabytes: readonly number[]): Promise<number> => {
  const child = spawn(process.execPath, ['eater.mjs', ...megabytes.map(String)], { cwd });
  started.push(child);
  await once(child.stdout, 'data');
  if (child.pid === undefined) throw new Error('the eater did not start');
  return child.pid;
};

const memoryOf = ({ findings }: Told, pid: number): Told['findings'] =>
  findings.filter(({ check, data }) => check === 'memory-overrun' && data.pid === pid);

describe('memory of a dev server', () => {
  test('counts parent and child, and is an error over the limit of the project', async () => {
    const cwd = projectWith({ maxMemory: '300M' });
    const pid = await startEater(cwd, 50, 400, 0);
    const run = await runCli(['check', '--only', 'memory-overrun', '--json'], { cwd });
    const [finding, ...others] = memoryOf(JSON.parse(run.stdout) as Told, pid);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', data: { limitSource: 'settings' } });
    expect((finding?.data.treeBytes ?? 0) / MB).toBeGreaterThan(450);
    expect((finding?.data.treeBytes ?? 0) / MB).toBeLessThan(520);
    expect(run.code).toBe(1);
  });

  test('is no error of another project', async () => {
    const pid = await startEater(projectWith({ maxMemory: '300M' }), 50, 400, 0);
    const run = await runCli(['check', '--only', 'memory-overrun', '--json'], {
      cwd: projectWith({ maxMemory: '300M' }),
    });
    expect(memoryOf(JSON.parse(run.stdout) as Told, pid)).toEqual([]);
  });

  test('is watched: one line for each look, a rate that rises, and Ctrl-C ends with the code of the last look', async () => {
    const cwd = projectWith({ maxMemory: '150M' });
    const pid = await startEater(cwd, 200, 0, 10);
    const args = [cliPath(), 'check', '--only', 'memory-overrun', '--watch=1s', '--json'];
    const watcher = spawn(process.execPath, args, { cwd, env: cleanEnvironment() });
    started.push(watcher);
    let text = '';
    let errors = '';
    watcher.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    for await (const chunk of watcher.stdout) {
      text += String(chunk);
      if (text.split('\n').length > 5 && !watcher.killed) watcher.kill('SIGINT');
    }
    if (watcher.exitCode === null) await once(watcher, 'exit');
    expect({ code: watcher.exitCode, signal: watcher.signalCode, errors }).toEqual({
      code: 1,
      signal: null,
      errors: '',
    });
    const looks = text
      .trim()
      .split('\n')
      .map((line) => memoryOf(JSON.parse(line) as Told, pid)[0]);
    const sizes = looks.map((look) => look?.data.treeBytes ?? 0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)).toBeGreaterThan(10 * MB);
    expect(looks[0]?.data.trend).toBeNull();
    expect(looks.at(-1)?.data.trend?.bytesPerMinute).toBeGreaterThan(100 * MB);
    expect(looks.at(-1)?.data.trend?.verdict).not.toBe('leak');
  });
});
