import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cliPath } from '../helpers/paths.ts';
import { runCli } from '../helpers/run-cli.ts';
import { runInTerminal, terminalTrouble } from '../helpers/terminal.ts';
import { openTmux, tmuxTrouble, type TmuxWindow } from '../helpers/tmux.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

if (tmuxTrouble !== null) console.warn(`skipped: ${tmuxTrouble}`);

const TALKER = `
let beat = 0;
console.log(process.env.TALKS + ' is up');
setInterval(() => console.log(process.env.TALKS + ' beats ' + (beat += 1)), 200);
setTimeout(() => console.error(process.env.TALKS + ' complains'), 300);
`;

interface Row {
  readonly name: string;
  readonly status: string;
  readonly pid: number | null;
}

const servicesOf = async (home: string): Promise<readonly Row[]> =>
  (await runCli(['list', '--json'], { home })).json<{ services: readonly Row[] }>().services;

const rowOf = async (home: string, name: string): Promise<Row | null> =>
  (await servicesOf(home)).find((row) => row.name === name) ?? null;

/** A home with two services that run; all of it ends with the test. */
const startTwo = async (): Promise<string> => {
  const home = makeTempDir();
  const apps = ['alpha', 'beta'].map((name) => ({ name, script: 'talker.cjs', env: { TALKS: name } }));
  writeFileSync(join(home, 'talker.cjs'), TALKER);
  writeFileSync(join(home, 'ecosystem.json'), JSON.stringify({ apps }));
  onTestFinished(async () => void (await runCli(['kill'], { home })));
  const started = await runCli(['start', 'ecosystem.json'], { home, cwd: home });
  expect(started.stderr + started.stdout).toContain('beta');
  expect(started.code).toBe(0);
  return home;
};

const openMonit = async (home: string, columns: number, rows: number): Promise<TmuxWindow> => {
  const window = await openTmux(home, columns, rows, { DEVDOCTOR_HOME: home });
  await window.type(`echo before; '${process.execPath}' '${cliPath()}' monit; echo "status $?"\n`);
  await window.shows('services (2)');
  return window;
};

describe.skipIf(tmuxTrouble !== null)('monit', () => {
  test('shows two services with their logs, restarts and stops one by key, and leaves the screen as it was', async () => {
    const home = await startTwo();
    const window = await openMonit(home, 100, 30);
    await window.shows('alpha beats');
    await window.press('Down');
    expect(await window.shows('beta beats')).not.toContain('alpha beats');
    await window.shows('err beta complains');
    await window.shows(/memory .*█/);
    await window.resize(40, 20);
    await window.shows(/^━ services \(2\) ━{25}$/m);
    await window.resize(120, 30);
    await window.shows('│ ─ beta (1)');
    const before = await rowOf(home, 'beta');
    await window.press('r');
    await window.shows(/beta: (online|launching)/);
    const after = await waitFor('another process', async () => {
      const row = await rowOf(home, 'beta');
      return row?.pid !== null && row?.pid !== before?.pid ? row : null;
    });
    await window.shows(`pid ${after.pid}`);
    await window.type('s');
    await window.shows('stop beta (1)? y/n');
    await window.type('y');
    await window.shows(/▸ +1 beta +stopped/);
    expect((await rowOf(home, 'alpha'))?.status).toBe('online');
    await window.type('t');
    await window.shows(/▸ +1 beta +online/);
    await window.press('q');
    await window.shows('status 0');
    expect(await window.shows('before')).not.toContain('services (2)');
    expect(await window.ask('#{alternate_on} #{cursor_flag}')).toBe('0 1');
  });

  test('outlives the supervisor, and finds it again', async () => {
    const home = await startTwo();
    const window = await openMonit(home, 100, 30);
    const { pid } = (await runCli(['ping', '--json'], { home })).json<{ pid: number }>();
    process.kill(pid, 'SIGKILL');
    await window.shows(/alpha beats \d+/);
    const renewed = await waitFor('another supervisor', async () => {
      const { code, stdout } = await runCli(['ping', '--json'], { home });
      return code === 0 && (JSON.parse(stdout) as { pid: number }).pid !== pid;
    });
    expect(renewed).toBe(true);
    await window.shows('2 online');
    await window.press('q');
    await window.shows('status 0');
  });

  test('can be left while the supervisor is suspended', async () => {
    const home = await startTwo();
    const window = await openMonit(home, 100, 30);
    const { pid } = (await runCli(['ping', '--json'], { home })).json<{ pid: number }>();
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(pid, 'SIGCONT'));
    await window.shows('supervisor not reachable, trying again');
    await window.press('q');
    await window.shows('status 0');
  });
});

describe('monit says what it needs', () => {
  test('a terminal', async () => {
    const { code, stdout, stderr } = await runCli(['monit']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('devdoctor: monit needs a terminal to draw on and to take keys from\n  try: devdoctor list\n');
    expect((await runCli(['monit', '--json'])).stderr).toContain('try: devdoctor list --json');
  });

  test.skipIf(terminalTrouble !== null)('a supervisor', async () => {
    const { stdout, code } = await runInTerminal('"$NODE" "$CLI" monit', 80);
    expect(stdout).toContain('devdoctor: no supervisor runs\r\n  try: devdoctor start');
    expect(stdout).not.toContain('\u001b[?1049h');
    expect(code).toBe(3);
    const dumb = await runInTerminal('TERM=dumb "$NODE" "$CLI" monit', 80);
    expect([dumb.code, dumb.stdout]).toEqual([2, expect.stringContaining('TERM is "dumb"')]);
  });
});
