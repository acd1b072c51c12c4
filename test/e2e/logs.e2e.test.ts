import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeLogMark, logIndexPath } from '../../src/supervisor/state/log-index.ts';
import { findHome } from '../../src/supervisor/state/open-home.ts';
import { encodeState } from '../../src/supervisor/state/state-file.ts';
import { aLogSpec, aServiceRecord, aServiceSpec } from '../helpers/a-service.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { cliPath } from '../helpers/paths.ts';
import { runCli, runShell, type Run } from '../helpers/run-cli.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

interface Place {
  readonly home: string;
  readonly log: (name: string) => string;
  readonly know: (...names: readonly string[]) => void;
  readonly logs: (...args: readonly string[]) => Promise<Run>;
}

/** A state folder as a supervisor leaves it, and no supervisor. */
const place = (): Place => {
  const home = makeTempDir();
  mkdirSync(join(home, 'run'));
  mkdirSync(join(home, 'logs'));
  const log = (name: string): string => join(home, 'logs', `${name}.log`);
  return {
    home,
    log,
    know: (...names) => {
      const services = names.map((name, id) => {
        const logs = aLogSpec(name === 'silent' ? {} : { out: log(`${name}-out`), error: log(`${name}-err`) });
        return aServiceRecord({ id, spec: aServiceSpec({ name, logs }), logs });
      });
      const state = { schemaVersion: 1 as const, generation: names.length, nextId: names.length, services };
      writeFileSync(join(home, 'services.json'), encodeState(state));
    },
    logs: (...args) => runCli(['logs', ...args], { home }),
  };
};

const at = (second: number): string => new Date(Date.UTC(2026, 0, 2, 3, 4, second)).toISOString();

/** Two services whose lines tell their times. */
const twoServices = (): Place => {
  const here = place();
  here.know('api', 'ร้าน', 'silent');
  writeFileSync(here.log('api-out'), `${at(1)} one\n${at(4)} four\n`);
  writeFileSync(here.log('api-err'), `${at(3)} three\n`);
  writeFileSync(here.log('ร้าน-out'), `${at(2)} two\n`);
  return here;
};

describe('logs', () => {
  it('merges services and streams by time, and aligns their names', async () => {
    const { logs } = twoServices();
    const { stdout, stderr, code } = await logs('--nostream');
    expect(stdout).toBe(
      [`api | ${at(1)} one`, `ร้าน | ${at(2)} two`, `api ! ${at(3)} three`, `api | ${at(4)} four`, ''].join('\n'),
    );
    expect(stderr).toBe('silent keeps no logs: they are disabled in its configuration\n');
    expect(code).toBe(0);
  });

  it('merges by what the supervisor noted, where lines tell nothing', async () => {
    const { home, log, know, logs } = place();
    know('api');
    const found = findHome(home);
    if (found === null) throw new Error('no home');
    const note = (path: string, inode: number, ...marks: readonly (readonly [at: number, offset: number])[]): void => {
      const bytes = marks.map(([at, offset]) => encodeLogMark({ at, inode, offset }));
      mkdirSync(dirname(logIndexPath(found, path)), { recursive: true });
      writeFileSync(logIndexPath(found, path), Buffer.concat(bytes));
    };
    writeFileSync(log('api-out'), 'first\nthird\n');
    writeFileSync(log('api-err'), 'second\n');
    note(log('api-out'), statSync(log('api-out')).ino, [1_000, 6], [3_000, 12]);
    note(log('api-err'), statSync(log('api-err')).ino, [2_000, 7]);
    const { stdout } = await logs('api', '--nostream', '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([
      { timestamp: '1970-01-01T00:00:01.000Z', service: 'api', id: 0, stream: 'out', message: 'first' },
      { timestamp: '1970-01-01T00:00:02.000Z', service: 'api', id: 0, stream: 'err', message: 'second' },
      { timestamp: '1970-01-01T00:00:03.000Z', service: 'api', id: 0, stream: 'out', message: 'third' },
    ]);
  });

  it('gives bytes as they are with --raw', async () => {
    const { log, know, logs } = place();
    know('api');
    const bytes = Buffer.from([0x61, 0xff, 0x1b, 0x5b, 0x32, 0x4a, 0x0d, 0x0a, 0x62]);
    writeFileSync(log('api-out'), bytes);
    expect((await logs('--nostream', '--raw')).bytes).toEqual(bytes);
    expect((await logs('--nostream')).stdout).toBe('api | a\ufffd\\x1b[2J\napi | b\n');
  });

  it('takes the wanted lines', async () => {
    const { logs } = twoServices();
    const show = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await logs('--nostream', '--raw', ...args)).stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[1] ?? '');
    expect(await show('api', '--lines', '2')).toEqual(['three', 'four']);
    expect(await show('0', '--err')).toEqual(['three']);
    expect(await show('1', '0', '--out')).toEqual(['one', 'two', 'four']);
    expect(await show('/^a/', '--grep', 'o[un]')).toEqual(['one', 'four']);
    expect(await show('all', '--since', at(3))).toEqual(['three', 'four']);
  });

  it('refuses what it cannot do with 2, before it prints anything', async () => {
    const { logs } = twoServices();
    const refused: readonly (readonly [args: readonly string[], words: string])[] = [
      [['nope'], 'there is no service "nope"'],
      [['apj'], 'did you mean api?'],
      [['7'], 'no service with the id 7'],
      [['--lines', 'abc'], '--lines takes'],
      [['--lines=-3'], '--lines takes'],
      [['--since', 'yesterday'], '--since takes'],
      [['--grep', '('], '--grep takes'],
      [['--raw', '--json'], '--json and --raw'],
    ];
    for (const [args, words] of refused) {
      const { code, stdout, stderr } = await logs(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toContain(words);
      expect(stderr).toContain('try: devdoctor');
    }
  });

  it('says that there are no services', async () => {
    const { logs } = place();
    expect(await logs()).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'there are no services\n  try: devdoctor start\n',
    });
    expect((await logs('api')).code).toBe(2);
  });

  it('follows until Ctrl-C, also services that come later, and ends with 0', async () => {
    const { home, log, know } = twoServices();
    const child = spawn(process.execPath, [cliPath(), 'logs', '--lines', '1', '--out'], {
      env: cleanEnvironment({ DEVDOCTOR_HOME: home }),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString('utf8')));
    await waitFor('the past', () => shown.includes('four'));
    appendFileSync(log('api-out'), 'five\n');
    await waitFor('a new line', () => shown.includes('api | five\n'));
    know('api', 'ร้าน', 'silent', 'late');
    writeFileSync(log('late-out'), 'here\n');
    await waitFor('a new service', () => shown.includes('late | here\n'));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends quietly when nobody reads any more', async () => {
    const { home, log } = twoServices();
    writeFileSync(log('api-out'), 'line\n'.repeat(200_000));
    const script = '{ "$NODE" "$CLI" logs api --lines 200000; echo "ended with $?" >&2; } | head -1';
    const { stdout, stderr } = await runShell(script, { home });
    expect({ stdout, stderr }).toEqual({ stdout: 'api | line\n', stderr: 'ended with 0\n' });
  });
});
