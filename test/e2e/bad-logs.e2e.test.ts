import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../config/write-files.ts';
import { alone, checkLogs, loopsIn, MISSING_ENV, troublesIn, type Told } from '../helpers/loop-cli.ts';
import { cliPath } from '../helpers/paths.ts';
import { runCli, runProgram, runShell, type Run } from '../helpers/run-cli.ts';
import { runInTerminal, terminalTrouble } from '../helpers/terminal.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { isRoot, skipWhen } from '../platform/skip-when.ts';

const MB = 1024 ** 2;
const MOST_RESIDENT_BYTES = 150 * MB;

describe('logs that cannot be read', () => {
  /** A folder with one log of each bad kind. */
  const badLogs = (): { readonly folder: string; readonly told: Readonly<Record<string, string>> } => {
    const folder = makeTempDir();
    mkdirSync(join(folder, 'logs'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'empty.log'), '');
    return {
      folder,
      told: {
        'gone.log': 'there is no such file',
        logs: 'it is a folder, not a file',
        pipe: 'nobody writes to it',
        'empty.log': 'it is empty',
        '/dev/zero': 'it has no end: only its first 64 MiB were read',
        '/dev/null': 'nobody writes to it',
      },
    };
  };

  test('are each named, while the rest is judged', async () => {
    const { folder, told } = badLogs();
    const run = await checkLogs([...Object.keys(told), MISSING_ENV], { cwd: folder });
    expect(troublesIn(run).toSorted()).toEqual(
      Object.entries(told)
        .map(([name, because]) => `${name}: ${because}`)
        .toSorted(),
    );
    expect(loopsIn(run)).toMatchObject([{ data: { rootCause: 'MISSING_ENV', restarts: 5 } }]);
    expect(run.code).toBe(1);
  });

  test('are no pass: the exit code says that something could not be looked at', async () => {
    const { folder, told } = badLogs();
    for (const name of Object.keys(told)) {
      const run = await checkLogs([name], { cwd: folder });
      expect([name, run.code, loopsIn(run), troublesIn(run)]).toEqual([name, 3, [], [`${name}: ${told[name]}`]]);
    }
  });

  test('are told to a person by name', async () => {
    const { folder } = badLogs();
    const { stdout, code } = await runCli(['check', '--log', 'gone.log', 'logs'], alone({ cwd: folder }));
    expect(code).toBe(3);
    expect(stdout).toContain('gone.log: there is no such file');
    expect(stdout).toContain('logs: it is a folder, not a file');
  });

  test('a broken gzip', async () => {
    const folder = makeTempDir();
    const whole = execFileSync('gzip', ['-c', MISSING_ENV]);
    writeFileSync(join(folder, 'cut.log.gz'), whole.subarray(0, whole.length - 12));
    writeFileSync(join(folder, 'whole.log.gz'), whole);
    const run = await checkLogs(['cut.log.gz'], { cwd: folder });
    expect(troublesIn(run)).toEqual([expect.stringMatching(/^cut\.log\.gz: ./)]);
    const other = await checkLogs(['whole.log.gz'], { cwd: folder });
    expect([troublesIn(other), loopsIn(other)[0]?.data.restarts]).toEqual([[], 5]);
  });

  test('a log of another user', async () => {
    const folder = makeTempDir();
    const secret = join(folder, 'secret.log');
    writeFileSync(secret, 'x\n');
    chmodSync(secret, 0);
    const call = [process.execPath, cliPath(), 'check', `--log=${secret}`, '--json'];
    const [file = '', ...args] = isRoot()
      ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...call]
      : call;
    const run = await runProgram(file, args, alone());
    expect([run.code, troublesIn(run)]).toEqual([3, [`${secret}: this user may not read it`]]);
  });

  test('a terminal', async (context) => {
    skipWhen(context, terminalTrouble !== null, terminalTrouble ?? '');
    const folder = makeTempDir();
    await runInTerminal(`"$NODE" "$CLI" check --log /dev/tty --json > told.json`, 80, alone({ cwd: folder }));
    const told = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')) as Told;
    expect(told.outcomes).toContainEqual({
      check: 'restart-loop',
      status: 'skipped',
      because: '/dev/tty: it is a terminal, not a file',
    });
  });
});

describe('a line of a gigabyte', () => {
  /** Writes down, as the process ends, how much memory it had at most. */
  const PEAK = `
    process.on('exit', () => {
      const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
      require('node:fs').writeFileSync(process.env.PEAK_FILE, /VmHWM:\\s*(\\d+)/.exec(status)[1]);
    });
  `;

  const watched = async (log: string): Promise<{ readonly run: Run; readonly peak: number }> => {
    const folder = folderWith({ 'peak.cjs': PEAK });
    const env = { NODE_OPTIONS: `--require=${join(folder, 'peak.cjs')}`, PEAK_FILE: join(folder, 'peak') };
    const run = await checkLogs([log], { env });
    return { run, peak: Number(readFileSync(join(folder, 'peak'), 'utf8')) * 1024 };
  };

  test('is cut, told, and takes no more memory than another', async () => {
    const log = join(makeTempDir(), 'one.log');
    writeFileSync(log, readFileSync(MISSING_ENV));
    truncateSync(log, 1_000_000_000);
    const { run, peak } = await watched(log);
    expect(troublesIn(run)).toEqual([expect.stringMatching(/a line of it is longer than .* and was cut$/)]);
    expect(run.code).toBe(3);
    expect(peak).toBeGreaterThan(20 * MB);
    expect(peak).toBeLessThan(MOST_RESIDENT_BYTES);
  });

  test('does not hide the loop that was written after it', async () => {
    const log = join(makeTempDir(), 'one.log');
    writeFileSync(log, 'booting\n');
    truncateSync(log, 1_000_000_000);
    appendFileSync(log, `\n${readFileSync(MISSING_ENV, 'utf8')}`);
    const { run, peak } = await watched(log);
    expect(loopsIn(run)).toMatchObject([{ data: { rootCause: 'MISSING_ENV', loop: true } }]);
    expect(run.code).toBe(1);
    expect(peak).toBeLessThan(MOST_RESIDENT_BYTES);
  });

  test('from a pipe takes no more memory either', async () => {
    const folder = folderWith({ 'peak.cjs': PEAK });
    const script =
      'head -c 1000000000 /dev/zero | NODE_OPTIONS="--require=$PWD/peak.cjs" "$NODE" "$CLI" check --log - --json';
    const run = await runShell(script, alone({ cwd: folder, env: { PEAK_FILE: join(folder, 'peak') } }));
    expect([0, 3]).toContain(run.code);
    expect(loopsIn(run)).toEqual([]);
    expect(Number(readFileSync(join(folder, 'peak'), 'utf8')) * 1024).toBeLessThan(MOST_RESIDENT_BYTES);
  });
});
