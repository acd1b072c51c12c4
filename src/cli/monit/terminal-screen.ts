import { emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { frameWriter } from './frame-writer.ts';
import { keyName, type RawKey } from './key-name.ts';
import type { OpenScreen, ScreenEvents } from './screen.ts';
import { terminalModes, type TerminalModes, type TerminalOutput } from './terminal-modes.ts';

/** Signals that end a program at a terminal. */
const ENDING = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** Where job control is missing nothing is suspended, and no signal says to go on. */
const RESUME_MS = 200;

type Listener = (...values: never[]) => void;
type Entry = readonly [source: unknown, name: string, listener: Listener];
type Source = { on: (name: string, listener: Listener) => unknown; off: (name: string, listener: Listener) => unknown };

/** Listens, and gives back how to stop all of that. */
const listen = (entries: readonly Entry[]): (() => void) => {
  for (const [source, name, listener] of entries) (source as Source).on(name, listener);
  return () => {
    for (const [source, name, listener] of entries) (source as Source).off(name, listener);
  };
};

/** Dies of the signal as it would have without us, but with the terminal in order. */
const endingEntries = (close: () => void): readonly Entry[] =>
  ENDING.map((signal): Entry => [
    process,
    signal,
    () => {
      close();
      process.kill(process.pid, signal);
    },
  ]);

/** How a job is suspended: the terminal goes back to the shell, and the whole job stops. */
const suspension = ({ leave, isEntered }: TerminalModes, resume: () => void): (() => void) => {
  const suspend = (): void => {
    leave();
    process.off('SIGTSTP', suspend);
    // All of the job, as the terminal itself would do it: a shell waits for the runner that started us, not for us.
    process.kill(0, 'SIGTSTP');
    setTimeout(() => {
      process.on('SIGTSTP', suspend);
      if (!isEntered()) resume();
    }, RESUME_MS);
  };
  return suspend;
};

const keyListener =
  ({ key: tell }: ScreenEvents): Listener =>
  (typed: string | undefined, key: RawKey) => {
    const name = keyName(typed, key);
    if (name !== null) tell(name);
  };

/** The window of a terminal: alternate screen, raw keys, and every way out leaves it as it was. */
export const terminalScreen =
  (input: ReadStream, output: TerminalOutput): OpenScreen =>
  (events) => {
    const modes = terminalModes(input, output);
    const { draw, forget } = frameWriter((update) => {
      if (modes.isEntered()) output.write(update);
    });
    const resume = (): void => {
      forget();
      modes.enter();
      events.changed();
    };
    const suspend = suspension(modes, resume);
    const close = (): void => {
      modes.leave();
      stopListening();
    };
    const stopListening = listen([
      [input, 'keypress', keyListener(events)],
      [input, 'end', events.gone],
      [input, 'error', events.gone],
      [output, 'error', events.gone],
      [output, 'resize', events.changed],
      [process, 'SIGCONT', resume],
      [process, 'SIGTSTP', suspend],
      [process, 'exit', modes.leave],
      ...endingEntries(() => close()),
    ]);
    emitKeypressEvents(input);
    modes.enter();
    return {
      size: () => ({ columns: output.columns, rows: output.rows }),
      draw,
      forget,
      suspend,
      close,
    };
  };
