import { describe, expect, test } from 'vitest';
import type { CheckJson } from '../helpers/cli-json.ts';
import { freePort } from '../helpers/free-port.ts';
import { runCli, runShell, type Run } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';
import { runInTerminal, terminalTrouble } from '../helpers/terminal.ts';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

const ESCAPE = '\u001B';

// Colour and cursor sequences take no column.
const SEQUENCE = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, 'g');

const taken = async (): Promise<string> => {
  const port = await freePort();
  await startProgram('listen.mjs', port);
  return String(port);
};

/** Lines too wide for a terminal, but for those that hold a command to copy. */
const tooWide = (run: Run, columns: number, commands: readonly string[]): readonly string[] =>
  run.stdout
    .replaceAll(SEQUENCE, '')
    .split(/\r?\n/)
    .filter((line) => Array.from(line).length > columns)
    .filter((line) => !/devdoctor [a-z]/.test(line) && !commands.some((command) => line.includes(command)));

const commandsIn = (run: Run): readonly string[] =>
  run.json<CheckJson>().findings.flatMap(({ remedies }) => remedies.flatMap(({ commands }) => commands));

const QUESTIONS: readonly (readonly string[])[] = [['check', '--port'], ['why'], ['fix', '--dry-run', '--port']];

describe('lines that fit', () => {
  test.for(QUESTIONS.flatMap((args) => [40, 80].map((columns) => ({ args, columns }))))(
    '$args in $columns columns',
    async ({ args, columns }) => {
      const port = await taken();
      const commands = commandsIn(await runCli(['check', '--port', port, '--json']));
      const run = await runCli([...args, port], { env: { COLUMNS: String(columns) } });
      expect(run.stdout).toContain(port);
      expect(tooWide(run, columns, commands)).toEqual([]);
    },
  );

  test.skipIf(terminalTrouble !== null)('a real terminal of 40 columns', async () => {
    const port = await taken();
    const commands = commandsIn(await runCli(['check', '--port', port, '--json']));
    const run = await runInTerminal(`"$NODE" "$CLI" check --port ${port}`, 40);
    expect(run.stdout).toContain(port);
    expect(tooWide(run, 40, commands)).toEqual([]);
  });
});

describe('colour', () => {
  test.for(QUESTIONS)('none through a pipe: %s', async (args) => {
    const run = await runCli([...args, await taken()]);
    expect(run.stdout).not.toBe('');
    expect(run.stdout + run.stderr).not.toContain(ESCAPE);
  });

  test.skipIf(terminalTrouble !== null)('some on a terminal, none there with NO_COLOR or --no-color', async () => {
    const line = `"$NODE" "$CLI" check --port ${await taken()}`;
    expect((await runInTerminal(line, 80)).stdout).toContain(`${ESCAPE}[`);
    expect((await runInTerminal(line, 80, { env: { NO_COLOR: '1' } })).stdout).not.toContain(ESCAPE);
    expect((await runInTerminal(`${line} --no-color`, 80)).stdout).not.toContain(ESCAPE);
  });
});

describe('an output that is closed early', () => {
  const READERS: readonly string[] = ['head -c 1', 'true', 'exec 0<&-'];
  const COMMANDS: readonly string[] = ['check --json', 'check', 'ports --all', 'ports --all --json', '--help'];

  test.for(READERS.flatMap((reader) => COMMANDS.map((command) => ({ reader, command }))))(
    '$command | $reader',
    async ({ reader, command }) => {
      const run = await runShell(`{ "$NODE" "$CLI" ${command}; echo "exit $?" >&2; } | ${reader}`);
      const lines = run.stderr.split('\n').filter((line) => line !== '');
      expect(lines.at(-1)).toMatch(/^exit (0|1|3|141)$/);
      expect(run.stderr).not.toMatch(/EPIPE|^\s+at /m);
    },
  );
});
