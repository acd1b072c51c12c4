import { readlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseProcessTable } from '../../../src/platform/choose.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { BOOT, runNode, runShim, runText, SHELLS } from './shim-runs.ts';

const table = await chooseProcessTable(process.env);
const HOLD = 'setInterval(() => {}, 1_000)';
const endsBy = (signal: string): string =>
  `process.removeAllListeners('${signal}'); process.kill(process.pid, '${signal}'); ${HOLD}`;

describe.each(SHELLS)('a service under %s', (_, shell) => {
  it.each([0, 1, 7, 126, 127, 129, 137, 143, 255])('that exits with %i by itself', async (code) => {
    expect(await runNode(`process.exit(${code})`, { shell }).end()).toMatchObject({ code, signal: null });
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGSEGV', 'SIGABRT', 'SIGHUP', 'SIGUSR2', 'SIGALRM', 'SIGQUIT'])(
    'that is ended by %s',
    async (signal) => {
      const run = runNode(endsBy(signal), { shell });
      expect(await run.end()).toMatchObject({ code: null, signal });
      expect(run.err()).toBe('');
    },
  );

  it('says who it is and who its shim is, with their births', async () => {
    const run = runNode(HOLD, { shell });
    const main = await run.mainPid();
    const born = (pid: number): number | undefined => table.look(pid)?.born;
    expect(run.claim()).toEqual({
      isClaimed: true,
      shim: { pid: run.child.pid, born: born(run.child.pid ?? 0), boot: BOOT },
      main: { pid: main, born: born(main), boot: BOOT },
    });
    expect(table.look(main)).toMatchObject({
      parentPid: run.child.pid,
      groupId: run.child.pid,
      sessionId: run.child.pid,
    });
    expect(
      await waitFor('the service itself', () => readlinkSync(`/proc/${main}/exe`) === readlinkSync('/proc/self/exe')),
    ).toBe(true);
  });

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const)(
    'that gets %s with its whole group is ended by it, and its shim records so',
    async (signal) => {
      const run = runNode(`process.on('SIGUSR1', () => process.exit(5)); console.log('ready'); ${HOLD}`, { shell });
      await waitFor('the service', () => run.out() === 'ready\n');
      process.kill(-(run.child.pid ?? 0), signal);
      expect(await run.end()).toMatchObject(signal === 'SIGUSR1' ? { code: 5 } : { code: null, signal });
      expect(run.child.exitCode).not.toBeNull();
    },
  );

  it('that gets a signal with its group and takes its time is waited for', async () => {
    const run = runNode(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(9), 300)); console.log('ready'); ${HOLD}`,
      { shell },
    );
    await waitFor('the service', () => run.out() === 'ready\n');
    process.kill(-(run.child.pid ?? 0), 'SIGTERM');
    expect(await run.end()).toMatchObject({ code: 9, signal: null });
  });

  it('gets signals as any program does: none of them is ignored', async () => {
    const run = runText('grep -E "^Sig(Ign|Blk)" /proc/self/status', { shell });
    await run.end();
    // SIGPIPE is left as Node leaves it to its children; what matters are those by which a service is ended.
    const ignored = BigInt(`0x${/SigIgn:\s*(\w+)/.exec(run.out())?.[1] ?? 'f'}`);
    for (const number of [1, 2, 3, 10, 12, 14, 15]) expect((ignored >> BigInt(number - 1)) & 1n).toBe(0n);
    expect(run.out()).toMatch(/SigBlk:\s*0+\n/);
  });

  it('gets its arguments as they are', async () => {
    const words = [
      'a b',
      '',
      "it's",
      '"double"',
      '$HOME',
      '`id`',
      '*',
      '\\n',
      'line\nbreak',
      '🚀 ü',
      '-n',
      '--',
      '%s',
      '\t',
      'x=y',
    ];
    const run = runShim({
      shell,
      command: [process.execPath, '-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words],
    });
    await run.end();
    expect(JSON.parse(run.out())).toEqual(words);
  });

  it('gets its environment as it is', async () => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      LINES: 'one\ntwo\n',
      EQUALS: 'a=b=c',
      EMPTY: '',
      QUOTES: `"'\`$(id)`,
      LARGE: 'x'.repeat(100_000),
      EMOJI: '🚀 ü',
      // The names that a script is likely to use itself.
      ...Object.fromEntries(
        [...'abcdefghijklmnopqrst'.split(''), 'base', 'boot', 'pid', 'born', 'rest', 'who', 'd', 's'].map((name) => [
          name,
          `${name} of the service`,
        ]),
      ),
    };
    const run = runNode('console.log(JSON.stringify(process.env))', { shell, env });
    await run.end();
    const got = JSON.parse(run.out()) as Record<string, string>;
    for (const own of ['PWD', 'OLDPWD', 'SHLVL', '_']) delete got[own];
    expect(got).toEqual(env);
  });

  it('writes to its files itself, and reads nothing', async () => {
    const run = runNode(
      `const { readlinkSync } = require('fs');
       for (const fd of ['0', '1', '2']) console.log(readlinkSync('/proc/self/fd/' + fd));
       console.error('to the other one')`,
      { shell },
    );
    await run.end();
    const [input, output, error] = run.out().split('\n');
    expect([input, output?.endsWith('/out'), error?.endsWith('/err')]).toEqual(['/dev/null', true, true]);
    expect(run.err()).toBe('to the other one\n');
  });

  it('has none of the descriptors of its shim', async () => {
    const run = runText('ls -l /proc/self/fd', { shell });
    await run.end();
    expect(run.out()).not.toContain('.exit');
    expect(run.out()).not.toContain('shim.sh');
  });

  it('that closes its output goes on', async () => {
    const run = runNode(
      `require('fs').closeSync(1); require('fs').closeSync(2); setTimeout(() => process.exit(4), 50)`,
      { shell },
    );
    expect(await run.end()).toMatchObject({ code: 4, signal: null });
  });

  it('that is not there ends with 127, and says so in its own log', async () => {
    const run = runShim({ shell, command: ['/nonesuch/program'] });
    expect(await run.end()).toMatchObject({ code: 127, signal: null });
    expect(run.err()).toContain('/nonesuch/program');
  });

  it('that may not be run ends with 126', async () => {
    const run = runShim({ shell, command: ['/etc/passwd'] });
    expect(await run.end()).toMatchObject({ code: 126, signal: null });
  });

  it('runs where it is told to', async () => {
    const cwd = makeTempDir();
    const run = runNode('console.log(process.cwd())', { shell, cwd });
    await run.end();
    expect(run.out()).toBe(`${cwd}\n`);
  });
});
