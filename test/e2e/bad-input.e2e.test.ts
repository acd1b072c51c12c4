import { describe, expect, test } from 'vitest';
import type { CheckJson, FixJson } from '../helpers/cli-json.ts';
import { freePort } from '../helpers/free-port.ts';
import { runCli, type Run } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';

interface BadLine {
  readonly args: readonly string[];
  /** What the message must name, in one line. */
  readonly names: readonly (string | RegExp)[];
}

const BAD_PORTS: readonly string[] = [
  '0',
  '65536',
  '-1',
  'abc',
  '3000.5',
  '30000000000',
  '3000-3010',
  '',
  ' ',
  '0x50',
  '3e3',
  '3000,3001',
];

const EXPECTED_PORT = /\b1\b.*\b65535\b/;

const named = (port: string): readonly (string | RegExp)[] =>
  port.trim() === '' ? [/empty|""|''|" "|' '/, EXPECTED_PORT] : [port, EXPECTED_PORT];

const PORT_LINES: readonly BadLine[] = BAD_PORTS.flatMap((port) => [
  { args: ['check', `--port=${port}`], names: named(port) },
  { args: ['check', '--json', `--port=${port}`], names: named(port) },
  { args: ['fix', '--yes', `--port=${port}`], names: named(port) },
]);

/** The known ids themselves, or the command that lists them. */
const KNOWN_CHECKS = /port-occupied|devdoctor checks/;

const OTHER_LINES: readonly BadLine[] = [
  { args: ['check', '--port', '-1'], names: ['-1', EXPECTED_PORT] },
  { args: ['check', '-p', 'abc'], names: ['abc', EXPECTED_PORT] },
  { args: ['check', '--port', '3000', '--port', 'abc'], names: ['abc', EXPECTED_PORT] },
  { args: ['check', '--port'], names: ['port'] },
  { args: ['check', '--only', 'no-such-check'], names: ['no-such-check', KNOWN_CHECKS] },
  { args: ['check', '--skip', 'no-such-check'], names: ['no-such-check', KNOWN_CHECKS] },
  { args: ['check', '--only', 'port-ocupied'], names: ['port-ocupied', 'port-occupied'] },
  { args: ['fix', '--yes', '--only', 'no-such-check'], names: ['no-such-check', KNOWN_CHECKS] },
  { args: ['explain', 'no-such-check'], names: ['no-such-check', KNOWN_CHECKS] },
  { args: ['explain'], names: [/port-occupied|id/i] },
  { args: ['why'], names: [/port|pid|name/] },
  { args: ['why', '65536'], names: ['65536'] },
  { args: ['check', '--prot', '3000'], names: ['--prot', /did you mean/i, '--port'] },
  { args: ['fix', '--dry-rum'], names: ['--dry-rum', /did you mean/i, '--dry-run'] },
  { args: ['check', '--no-such-flag-at-all'], names: ['--no-such-flag-at-all'] },
  { args: ['chekc'], names: ['chekc', /did you mean/i, 'check'] },
  { args: ['no-such-command-at-all'], names: ['no-such-command-at-all'] },
];

const includes = (line: string, name: string | RegExp): boolean =>
  typeof name === 'string' ? line.includes(name) : name.test(line);

const expectOneClearLine = (run: Run, names: BadLine['names']): void => {
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
  const lines = run.stderr.split('\n').filter((line) => line.trim() !== '');
  const said = lines.join(' ');
  for (const name of names) expect(includes(said, name), `${name} in: ${said}`).toBe(true);
  expect(includes(lines[0] ?? '', names[0] ?? '')).toBe(true);
  expect(lines.length, run.stderr).toBeLessThanOrEqual(3);
  expect(run.stderr).not.toMatch(/^\s+at /m);
};

describe('wrong use is said in a line and changes nothing', () => {
  test.for([...PORT_LINES, ...OTHER_LINES].map((line) => [line.args.join(' ') || '(none)', line] as const))(
    '%s',
    async ([, { args, names }]) => {
      expectOneClearLine(await runCli(args), names);
    },
  );
});

const portsFound = (run: Run): readonly number[] => run.json<CheckJson>().findings.map(({ data }) => data.port);

const taken = async (): Promise<number> => {
  const port = await freePort();
  await startProgram('listen.mjs', port);
  return port;
};

describe('the same thing said twice', () => {
  test('a repeated port is looked at once', async () => {
    const port = String(await taken());
    const run = await runCli(['check', '--port', port, '--port', port, `-p${port}`, '--json']);
    expect(portsFound(run)).toEqual([Number(port)]);
  });

  test('a repeated port is planned for once', async () => {
    const port = String(await taken());
    const run = await runCli(['fix', '--port', port, '--port', port, '--dry-run', '--json']);
    expect(run.json<FixJson>().plan.steps).toHaveLength(1);
  });

  test('both names of an option add up', async () => {
    const [first, second] = [await taken(), await taken()];
    const run = await runCli(['check', '-p', String(first), '--port', String(second), '--json']);
    expect(portsFound(run)).toHaveLength(2);
    expect(new Set(portsFound(run))).toEqual(new Set([first, second]));
    expect(run.code).toBe(1);
  });

  test('a dry run changes nothing, and is no consent', async () => {
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    await runCli(['fix', '--port', String(port), '--dry-run', '--yes']);
    const withoutConsent = await runCli(['fix', '--port', String(port)]);
    expect(withoutConsent.code).toBe(5);
    expect(server.isAlive()).toBe(true);
  });
});
