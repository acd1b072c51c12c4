import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../helpers/paths.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { SHELLS } from './shim-runs.ts';

const GUARDIAN = join(ROOT, 'src/supervisor/daemon/guardian.sh');

/** A search path whose `sleep` and `date` are told what to say, so that nobody waits. */
const fakeTools = (secondsPerLook = 0): string => {
  const folder = makeTempDir();
  const clock = join(folder, 'clock');
  writeFileSync(clock, '1000');
  const tool = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  tool('sleep', `echo "$1" >>'${folder}/slept'`);
  tool('date', `read -r now <'${clock}'; echo $((now + ${secondsPerLook})) >'${clock}'; echo "$now"`);
  return folder;
};

interface Watched {
  readonly status: number | null;
  readonly runs: number;
  readonly pauses: number;
}

const linesIn = (file: string): number => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);

/** A guardian of a daemon whose runs end as the text says, where `$run` counts from 1. */
const guard = (shell: readonly [string, ...string[]], ends: string, secondsPerLook = 0): Watched => {
  const tools = fakeTools(secondsPerLook);
  const runs = join(tools, 'runs');
  const daemon = `echo x >>'${runs}'; run=$(wc -l <'${runs}'); ${ends}`;
  const [program, ...options] = shell;
  const { status } = spawnSync(program, [...options, GUARDIAN, '0', '/bin/sh', '-c', daemon], {
    env: { PATH: `${tools}:${process.env['PATH'] ?? ''}` },
    stdio: 'ignore',
    // One that never ends must fail the test, and not hold it up.
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  return { status, runs: linesIn(runs), pauses: linesIn(join(tools, 'slept')) };
};

describe.each(SHELLS)('a guardian under %s', (_, shell) => {
  it('ends with its daemon when that is not wanted any more', () => {
    expect(guard(shell, 'exit 0')).toEqual({ status: 0, runs: 1, pauses: 0 });
  });

  it.each(['KILL', 'TERM', 'HUP', 'INT', 'SEGV'])('starts a daemon again that SIG%s ended, at once', (signal) => {
    expect(guard(shell, `[ $run -le 3 ] && kill -${signal} $$; exit 0`)).toEqual({ status: 0, runs: 4, pauses: 0 });
  });

  it('starts a daemon again that failed', () => {
    expect(guard(shell, '[ $run -le 2 ] && exit 7; exit 0')).toEqual({ status: 0, runs: 3, pauses: 0 });
  });

  it.each(['exit 1', 'exit 127', 'kill -SEGV $$', 'kill -ABRT $$'])(
    'gives up a daemon that always ends at once: %s',
    (end) => {
      expect(guard(shell, end)).toEqual({ status: 1, runs: 20, pauses: 16 });
    },
  );

  it('never gives up a daemon that somebody kills, and takes its time from the twenty-first on', () => {
    expect(guard(shell, '[ $run -le 50 ] && kill -KILL $$; exit 0')).toEqual({ status: 0, runs: 51, pauses: 30 });
  });

  it('never gives up a daemon that lives for a while', () => {
    expect(guard(shell, '[ $run -le 60 ] && exit 1; exit 0', 10)).toEqual({ status: 0, runs: 61, pauses: 0 });
  });
});

it('a guardian waits for the daemon that is there before it starts another', async () => {
  const tools = makeTempDir();
  const mark = join(tools, 'started');
  // A program that is no child of this one: a zombie would be waited for for ever.
  const earlier = spawn('/bin/sh', ['-c', 'sleep 300 >/dev/null & echo $!'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [text] = (await once(earlier.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  onTestFinished(() => {
    if (!existsSync(mark)) process.kill(pid, 'SIGKILL');
  });
  const guardian = spawn('/bin/sh', [GUARDIAN, String(pid), '/bin/sh', '-c', `echo x >'${mark}'`], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: 'ignore',
  });
  const ended = once(guardian, 'exit');
  onTestFinished(() => void guardian.kill('SIGKILL'));
  await waitFor(
    'the guardian to look',
    () => readFileSync(`/proc/${guardian.pid}/task/${guardian.pid}/children`, 'utf8') !== '',
  );
  expect(existsSync(mark)).toBe(false);
  process.kill(pid, 'SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(mark)).toBe(true);
});

it('a guardian whose terminal goes away goes on', async () => {
  const folder = makeTempDir();
  const daemon = `trap 'exit 0' TERM; echo $$ >'${folder}/pid'; while :; do sleep 0.05; done`;
  const guardian = spawn('/bin/sh', [GUARDIAN, '0', '/bin/sh', '-c', daemon], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(guardian, 'exit');
  onTestFinished(() => void guardian.kill('SIGKILL'));
  const pidOf = (): number | null =>
    existsSync(`${folder}/pid`) ? Number(readFileSync(`${folder}/pid`, 'utf8')) || null : null;
  const first = await waitFor('the daemon', pidOf);
  guardian.kill('SIGHUP');
  guardian.kill('SIGINT');
  process.kill(first, 'SIGKILL');
  const second = await waitFor('the next daemon', () => {
    const pid = pidOf();
    return pid === first ? null : pid;
  });
  process.kill(second, 'SIGTERM');
  expect(await ended).toEqual([0, null]);
});
