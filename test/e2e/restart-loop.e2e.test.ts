import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../config/write-files.ts';
import { freePort } from '../helpers/free-port.ts';
import { alone, checkLogs, LOGS, loopsIn, MISSING_ENV, type Told } from '../helpers/loop-cli.ts';
import { runCli, runShell } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const OF_PM2 = ['web-error.log', 'web-out.log', 'pm2.log'].map((name) => join(LOGS, 'pm2-eaddrinuse-logdate', name));

const SERVER = `
  console.log('booting');
  require('node:http').createServer().listen(Number(process.env.PORT), '127.0.0.1', () => console.log('up'));
`;

/** Starts a server in a shell loop until it was started so often, and lets it write its log. */
const loopInShell = async (port: number, times: number): Promise<string> => {
  const folder = folderWith({ 'package.json': { name: 'shop' }, 'server.cjs': SERVER });
  mkdirSync(join(folder, 'logs'));
  const script = `for turn in $(seq ${times}); do "$NODE" server.cjs; done > logs/server.log 2>&1`;
  await runShell(script, { cwd: folder, env: { PORT: String(port) } });
  return folder;
};

describe('a server that a shell starts again and again on a taken port', () => {
  test('is found by its log, with the cause, the count, the line, and who holds the port now', async () => {
    const port = await freePort();
    const { pid } = await startProgram('listen.mjs', port, '127.0.0.1');
    const folder = await loopInShell(port, 6);
    const run = await runCli(['check', '--json'], alone({ cwd: folder }));
    const [loop, ...others] = loopsIn(run);
    expect(others).toEqual([]);
    expect(loop).toMatchObject({
      severity: 'error',
      data: {
        rootCause: 'EADDRINUSE',
        restarts: 5,
        loop: true,
        files: ['logs/server.log'],
        detail: { port: String(port) },
      },
    });
    expect(loop?.data.evidence.join('\n')).toContain(`listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    expect(loop?.evidence.map(({ source }) => source).join('\n')).toMatch(/^logs\/server\.log:\d+$/m);
    expect(loop?.summary).toContain(`held by ${pid} `);
    expect(loop?.remedies.flatMap(({ commands }) => commands)).toContain(`devdoctor fix --port ${port}`);
    expect(run.code).toBe(1);
  });

  test('is told that the port is free once its holder is gone', async () => {
    const port = await freePort();
    const { child } = await startProgram('listen.mjs', port, '127.0.0.1');
    const folder = await loopInShell(port, 5);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    const [loop] = loopsIn(await runCli(['check', '--only', 'restart-loop', '--json'], alone({ cwd: folder })));
    expect(loop?.evidence).toContainEqual({ text: `port ${port} is free now`, source: 'the machine now' });
    expect(loop?.summary).not.toContain('held by');
    expect(loop?.remedies.flatMap(({ commands }) => commands)).toEqual(['devdoctor explain EADDRINUSE']);
  });

  test('is told to a person with the line and the command', async () => {
    const port = await freePort();
    await startProgram('listen.mjs', port, '127.0.0.1');
    const folder = await loopInShell(port, 5);
    const { stdout, code, stderr } = await runCli(['check', '--only', 'restart-loop'], alone({ cwd: folder }));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^✖ .*restarts again and again/);
    expect(stdout).toMatch(/^ {4}logs\/server\.log:\d+$/m);
    expect(stdout).toContain(`devdoctor fix --port ${port}`);
  });
});

describe('a server that ran', () => {
  test('has no loop, whatever its log says while it works', async () => {
    const folder = folderWith({ 'package.json': { name: 'shop' } });
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs/a.log'), 'booting\nlistening on 3000\nGET / 200\nGET /x 404\nGET / 200\n');
    const run = await runCli(['check', '--only', 'restart-loop', '--json'], alone({ cwd: folder }));
    expect(run.json<Told>()).toMatchObject({ findings: [], outcomes: [{ status: 'clear' }] });
    expect(run.code).toBe(0);
  });
});

describe('logs that are named', () => {
  test('a variable that is missing', async () => {
    const run = await checkLogs([MISSING_ENV]);
    expect(loopsIn(run)).toMatchObject([
      { severity: 'error', data: { rootCause: 'MISSING_ENV', restarts: 5, detail: { variable: 'JWT_SECRET' } } },
    ]);
    expect(run.json<Told>().outcomes).toEqual([{ check: 'restart-loop', status: 'found' }]);
    expect(run.code).toBe(1);
  });

  test('three logs of one app of PM2 are one service', async () => {
    const run = await runCli(['check', '--log', ...OF_PM2, '--json'], alone());
    expect(loopsIn(run)).toMatchObject([
      { id: 'restart-loop:web', data: { rootCause: 'EADDRINUSE', gaveUp: true, detail: { port: '8000' } } },
    ]);
    const restarts = loopsIn(run)[0]?.data.restarts ?? 0;
    expect(Math.abs(restarts - 15)).toBeLessThanOrEqual(1);
    expect(run.code).toBe(1);
  });

  test.each([
    ['--log -', 'cat "$FILE" | "$NODE" "$CLI" check --log - --json', 'standard input'],
    ['--log=-', 'cat "$FILE" | "$NODE" "$CLI" check --log=- --json', 'standard input'],
    ['--log /dev/stdin', 'cat "$FILE" | "$NODE" "$CLI" check --log /dev/stdin --json', '/dev/stdin'],
    ['--log -, from a file', '"$NODE" "$CLI" check --log - --json < "$FILE"', 'standard input'],
    ['--log /dev/fd/3', '"$NODE" "$CLI" check --log /dev/fd/3 --json 3< "$FILE"', 'the given stream'],
  ])('%s', async (_, script, name) => {
    const run = await runShell(script, alone({ env: { FILE: MISSING_ENV } }));
    expect(loopsIn(run)).toMatchObject([{ data: { rootCause: 'MISSING_ENV', restarts: 5, files: [name] } }]);
    expect(run.code).toBe(1);
  });

  test('a pipe by its name, with somebody who writes to it', async () => {
    const script =
      'mkfifo pipe; cat "$FILE" > pipe & "$NODE" "$CLI" check --log pipe --json; code=$?; wait; exit $code';
    const run = await runShell(script, alone({ cwd: makeTempDir(), env: { FILE: MISSING_ENV } }));
    expect(loopsIn(run)).toMatchObject([{ data: { rootCause: 'MISSING_ENV', restarts: 5, files: ['pipe'] } }]);
  });

  test('--log without a file is wrong use', async () => {
    const { code, stdout, stderr } = await runCli(['check', '--log'], alone());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--log takes a value');
  });
});

test('a loop that the settings ignore by its id is not told, and that is said', async () => {
  const folder = folderWith({ 'package.json': { name: 'shop' }, 'logs/server.log': readFileSync(MISSING_ENV, 'utf8') });
  const check = () => runCli(['check', '--only', 'restart-loop', '--json'], alone({ cwd: folder }));
  const [loop] = loopsIn(await check());
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', devdoctor: { ignore: [loop?.id] } }));
  const run = await check();
  expect(run.json<{ notes: string[] }>().notes.join(' ')).toContain('1 finding left out');
  expect([run.code, loopsIn(run)]).toEqual([0, []]);
});
