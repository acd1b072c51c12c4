import { describe, expect, test } from 'vitest';
import type { CheckJson } from '../helpers/cli-json.ts';
import { freePort } from '../helpers/free-port.ts';
import { fixture } from '../helpers/paths.ts';
import { runCli, type Run } from '../helpers/run-cli.ts';
import { startCommand, type Program } from '../helpers/start-program.ts';
import { runInTerminal, terminalTrouble } from '../helpers/terminal.ts';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

interface Hostile {
  readonly name: string;
  /** Shell words that make the argument byte for byte. */
  readonly argument: string;
}

const HOSTILE: readonly Hostile[] = [
  { name: 'a colour', argument: `"$(printf '\\033[31mred')"` },
  { name: 'a window title', argument: `"$(printf '\\033]0;owned\\007')"` },
  { name: 'a cleared screen', argument: `"$(printf '\\033[2J\\033[H\\033c')"` },
  { name: 'an 8-bit control', argument: `"$(printf '\\302\\23331mred')"` },
  { name: 'a lone 8-bit control', argument: `"$(printf '\\23331mred')"` },
  { name: 'newlines and returns', argument: `"$(printf 'one\\ntwo\\r\\033[1Athree\\bfour')"` },
  { name: 'a forged line of output', argument: `"$(printf 'x\\n\\342\\234\\224 all is well')"` },
  { name: 'a reversed direction', argument: `"$(printf '\\342\\200\\256gpj.exe')"` },
  { name: 'invalid UTF-8', argument: `"$(printf '\\377\\376\\300\\200 end')"` },
  { name: '100 KB', argument: `"$(head -c 100000 /dev/zero | tr '\\0' x)"` },
];

const startHostile = (port: number, argument: string): Promise<Program> => {
  const script = `exec "$0" "$1" "$2" 127.0.0.1 any ${argument}`;
  return startCommand(['sh', '-c', script, process.execPath, fixture('listen.mjs'), String(port)]);
};

// C0 but for the line feed, DEL, C1, and the marks that turn the direction of text.
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

const expectHarmless = ({ bytes, stderr }: Run): void => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  expect(text).not.toMatch(UNSAFE);
  expect(stderr).not.toMatch(UNSAFE);
  const lines = text.split('\n');
  expect(lines.filter((line) => /^\s*✔ all is well/.test(line))).toEqual([]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1000);
};

const QUESTIONS: readonly (readonly string[])[] = [
  ['check', '--port'],
  ['why'],
  ['fix', '--dry-run', '--port'],
  ['ports', '--all'],
];

describe('command lines that would rather not be shown', () => {
  test.for(HOSTILE)('$name: nothing of it reaches the output raw', async ({ argument }) => {
    const port = await freePort();
    const server = await startHostile(port, argument);
    for (const question of QUESTIONS) {
      const words = question[0] === 'ports' ? question : [...question, String(port)];
      const run = await runCli(words);
      expectHarmless(run);
      expect(run.stdout).toContain(String(question[0] === 'ports' ? port : server.pid));
    }
  });

  test.for(HOSTILE)('$name: the JSON is whole and holds no raw control', async ({ argument }) => {
    const port = await freePort();
    const server = await startHostile(port, argument);
    const run = await runCli(['check', '--port', String(port), '--json']);
    // eslint-disable-next-line no-control-regex
    expect(run.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
    const pids = run.json<CheckJson>().findings.flatMap(({ data }) => data.holders.map(({ pid }) => pid));
    expect(pids).toEqual([server.pid]);
  });

  test.skipIf(terminalTrouble !== null)('on a terminal its own sequences are never sent', async () => {
    const port = await freePort();
    await startHostile(port, `"$(printf '\\033]0;owned\\007\\033[2J')"`);
    const run = await runInTerminal(`"$NODE" "$CLI" check --port ${port}; "$NODE" "$CLI" why ${port}`, 80);
    expect(run.stdout).toContain(String(port));
    expect(run.stdout).not.toContain('\u001B]');
    expect(run.stdout).not.toContain('\u0007');
    expect(run.stdout).not.toContain('\u001B[2J');
  });
});
