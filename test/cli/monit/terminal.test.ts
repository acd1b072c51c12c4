import { build } from 'esbuild';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/util/display-width.ts';
import { openTmux, tmuxTrouble, type TmuxWindow } from '../../helpers/tmux.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

if (tmuxTrouble !== null) console.warn(`skipped: ${tmuxTrouble}`);

interface Opened {
  readonly folder: string;
  readonly window: TmuxWindow;
  readonly pid: number;
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

const bundle = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'monit.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./fake-monit.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
};

const openMonit = async (
  columns: number,
  rows: number,
  wrapped: (command: string) => string = (command) => command,
): Promise<Opened> => {
  const folder = makeTempDir();
  const program = await bundle(folder);
  writeFileSync(join(folder, '0.log'), 'the first is up\n');
  writeFileSync(join(folder, '1.log'), 'the second is up\n');
  writeFileSync(join(folder, '1-error.log'), '');
  const window = await openTmux(folder, columns, rows);
  const command = wrapped(`'${process.execPath}' '${program}' '${folder}'`);
  await window.type(`echo before; ${command}; echo "status $?"\n`);
  await window.shows('the first is up');
  return { folder, window, pid: Number(readFileSync(join(folder, 'pid'), 'utf8')) };
};

/** The screen of the shell is back: what stood there before, a cursor, and keys that the shell echoes. */
const isRestored = async ({ window }: Opened): Promise<void> => {
  await window.shows('before');
  expect(await window.ask('#{alternate_on} #{cursor_flag} #{wrap_flag}')).toBe('0 1 1');
  await window.type('echo "a $(stty -a | tr " ;" "\\n\\n" | grep -x -e icanon -e echo | tr "\\n" " ")z"\n');
  await window.shows(/^a (icanon echo|echo icanon) z/m);
};

describe.skipIf(tmuxTrouble !== null)('monit on a terminal', { timeout: 60_000 }, () => {
  test('shows services, follows the chosen one, takes keys and leaves the terminal as it was', async () => {
    const opened = await openMonit(100, 24);
    const { window, folder, pid } = opened;
    expect(await window.ask('#{alternate_on} #{cursor_flag}')).toBe('1 0');
    expect(await window.shows('server.js in /srv/app')).toContain('memory limit 100 MB');
    await window.press('Down');
    const second = await window.shows('the second is up');
    expect(second).toMatch(/▸ +1 เว็บ 🚀/);
    expect(second).not.toContain('the first is up');
    appendFileSync(join(folder, '1-error.log'), '\u001b[31mred\u001b[2J\u0007 boom\n');
    await window.shows('err red\\x1b[2J\\x07 boom');
    await window.press('r');
    await window.shows('เว็บ 🚀: online');
    expect(readFileSync(join(folder, 'acted'), 'utf8')).toBe('restart 1\n');
    await window.press('s');
    await window.shows('stop เว็บ 🚀 (1)? y/n');
    await window.press('n');
    await window.shows('q quit');
    await window.type('sy');
    await waitFor('the stop', () => readFileSync(join(folder, 'acted'), 'utf8') === 'restart 1\nstop 1\n');
    await window.press('q');
    await window.shows('status 0');
    await isRestored(opened);
    expect(isAlive(pid)).toBe(false);
  });

  test('rows line up whatever their names are', async () => {
    const { window } = await openMonit(100, 24);
    const shown = await window.shows('เว็บ');
    const rows = shown.split('\n').filter((row) => row.includes(' online ') && row.includes('45 MB'));
    const places = rows.map((row) =>
      [' online ', '45 MB', '│'].map((mark) => displayWidth(row.slice(0, row.indexOf(mark)))),
    );
    expect(places).toHaveLength(2);
    expect(places[1]).toEqual(places[0]);
    await window.press('q');
    await window.shows('status 0');
  });

  test('a resize draws anew, down to a window that is too small', async () => {
    const { window } = await openMonit(100, 24);
    await window.resize(40, 16);
    const narrow = await window.shows(/^━ services \(2\) ━{25}$/m);
    expect(narrow).not.toContain('│');
    await window.resize(20, 5);
    await window.shows('make the window');
    await window.resize(120, 30);
    await window.shows(/│ ─ api \(0\)/);
    await window.press('C-c');
    await window.shows('status 0');
  });

  test('Ctrl-Z gives the shell its screen, and fg draws anew', async () => {
    const opened = await openMonit(80, 24);
    const { window } = opened;
    await window.press('C-z');
    await isRestored(opened);
    await window.type('fg\n');
    await window.shows('the first is up');
    expect(await window.ask('#{alternate_on} #{cursor_flag}')).toBe('1 0');
    await window.press('j');
    await window.shows('the second is up');
    await window.press('C-z');
    await isRestored(opened);
    await window.type('fg\n');
    await window.shows('the second is up');
    await window.press('Escape');
    await isRestored(opened);
  });

  test('Ctrl-Z stops the runner that started it too', async () => {
    const opened = await openMonit(80, 24, (command) => `sh -c "${command}; true"`);
    await opened.window.press('C-z');
    await isRestored(opened);
    await opened.window.type('fg\n');
    await opened.window.shows('the first is up');
    await opened.window.press('q');
    await isRestored(opened);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)('%s leaves the terminal as it was', async (signal) => {
    const opened = await openMonit(80, 24);
    process.kill(opened.pid, signal);
    await waitFor('the end of monit', () => !isAlive(opened.pid));
    // A shell that sees its command die of SIGINT drops the rest of the line.
    if (signal !== 'SIGINT') await opened.window.shows(/^status (129|131|143)$/m);
    await isRestored(opened);
  });

  test('a fault leaves the terminal as it was, and is told', async () => {
    const opened = await openMonit(80, 24);
    writeFileSync(join(opened.folder, 'broken'), '');
    await opened.window.shows('status 1');
    await opened.window.shows('a fault of a test');
    await isRestored(opened);
  });

  test('a window that is closed ends it', async () => {
    const { window, pid } = await openMonit(80, 24);
    await window.close();
    await waitFor('the end of monit', () => !isAlive(pid));
  });

  test('a supervisor that dies is said to be away, its logs go on, and it is found again', async () => {
    const { window, folder } = await openMonit(100, 24);
    writeFileSync(join(folder, 'down'), '');
    await window.shows('supervisor not reachable, trying again');
    appendFileSync(join(folder, '0.log'), 'still here\n');
    await window.shows('still here');
    await window.press('r');
    await window.shows('the supervisor is not reachable · try: devdoctor start');
    rmSync(join(folder, 'down'));
    await window.shows('2 online');
    await window.press('q');
    await window.shows('status 0');
  });
});
