import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftoverProgram, quoted, type Place, type StartOptions } from './place.ts';

/** A pseudo-terminal with an interactive shell. */
interface TerminalWindow {
  readonly type: (words: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

const isGone = async (place: Place, pid: number): Promise<boolean> =>
  (await place.processes()).every((one) => one.pid !== pid || one.state === 'Z');

/** Runs a program to its end. */
export const run = async (place: Place, options: StartOptions): Promise<void> => {
  const pid = await place.start(options);
  await place.until(`${options.argv.join(' ')} to end`, () => isGone(place, pid));
};

const SCRIPT = 'exec script --quiet --flush --command "exec sh -i" /dev/null <> "$0"';

/**
 * Opens a pseudo-terminal in a folder. It hangs below the first process like a person's own, not below the test: the
 * command under test would take what is below its own ancestors for its own.
 */
export const openWindow = async (place: Place, cwd: string): Promise<TerminalWindow> => {
  const id = randomUUID();
  const keys = join(place.folder, `keys-${id}`);
  const { status } = spawnSync('mkfifo', [keys]);
  if (status !== 0) throw new Error(`mkfifo ${keys} ended with ${status}`);
  const detach = [process.execPath, leftoverProgram('start-detached.cjs'), '-'];
  await run(place, { argv: [...detach, 'sh', '-c', SCRIPT, keys], cwd, env: { SHELL: '/bin/sh', MADE_AS: id } });
  const [terminal, shell] = await place.until('the shell of a terminal', async () => {
    const ours = (await place.processes()).filter(({ madeAs }) => madeAs === id);
    const program = ours.find(({ name }) => name === 'script');
    const prompt = ours.find(({ parent, argv }) => parent === program?.pid && argv.at(-1) === '-i');
    return program === undefined || prompt === undefined ? null : ([program.pid, prompt.pid] as const);
  });
  return {
    type: (words) => appendFileSync(keys, `${quoted(words)}\n`),
    close: async () => {
      await place.end(terminal, 'SIGKILL');
      await place.until('the shell of a closed terminal to end', () => isGone(place, shell));
    },
  };
};
