import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { cleanEnvironment } from './clean-environment.ts';
import { waitFor } from './wait-for.ts';

const { status, error } = spawnSync('tmux', ['-V'], { encoding: 'utf8' });

/** Why no terminal can be looked at here; `null` when one can. */
export const tmuxTrouble: string | null =
  status === 0 ? null : `no terminal to look at here: tmux: ${error?.message ?? `exit ${status}`}`;

/** A terminal window whose content can be looked at. */
export interface TmuxWindow {
  /** Types text as it is. */
  readonly type: (text: string) => Promise<void>;
  /** Presses keys by the names that tmux has for them, such as `Down` or `C-z`. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** What the window shows; trailing blanks are cut. */
  readonly text: () => Promise<string>;
  /** The same with colours. */
  readonly styledText: () => Promise<string>;
  /** Waits until the window shows what is looked for, and gives all that it shows then. */
  readonly shows: (wanted: string | RegExp) => Promise<string>;
  /** Asks tmux about the window, such as `#{alternate_on}`. */
  readonly ask: (format: string) => Promise<string>;
  /** Takes the window away. */
  readonly close: () => Promise<void>;
}

const run = promisify(execFile);

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

/** Opens a window with an interactive shell in it, on a server of its own that ends with the test. */
export const openTmux = async (
  folder: string,
  columns: number,
  rows: number,
  env: Readonly<Record<string, string>> = {},
): Promise<TmuxWindow> => {
  const socket = join(folder, 'tmux');
  const environment = cleanEnvironment({ LANG: 'C.UTF-8', SHELL: '/bin/sh', PS1: '$ ', ENV: '', ...env });
  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await run('tmux', ['-u', '-S', socket, '-f', '/dev/null', ...args], { env: environment })).stdout;
  const size = ['-x', String(columns), '-y', String(rows)];
  await tmux('new-session', '-d', ...size, '-c', folder, 'exec sh -i');
  // A window that was closed took the last session, and so the server, with it.
  onTestFinished(() => tmux('kill-server').then(undefined, () => {}));
  await tmux('set-option', '-g', 'status', 'off');
  await tmux('set-option', '-g', 'window-size', 'manual');
  await tmux('resize-window', ...size);
  const text = (): Promise<string> => tmux('capture-pane', '-p');
  return {
    text,
    styledText: () => tmux('capture-pane', '-p', '-e'),
    type: async (typed) => void (await tmux('send-keys', '-l', typed)),
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    resize: async (wide, tall) => void (await tmux('resize-window', '-x', String(wide), '-y', String(tall))),
    shows: (wanted) =>
      waitFor(`a window that shows ${wanted}`, async () => {
        const shown = await text();
        return matches(shown, wanted) ? shown : null;
      }).catch(async (cause: unknown) => {
        throw new Error(`the window never showed ${wanted}, but:\n${await text()}`, { cause });
      }),
    ask: async (format) => (await tmux('display-message', '-p', format)).trim(),
    close: async () => void (await tmux('kill-server')),
  };
};
