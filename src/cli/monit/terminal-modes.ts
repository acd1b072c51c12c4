import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { ENTER, LEAVE } from './frame-writer.ts';

/** A stream of a terminal that has a descriptor of its own. */
export type TerminalOutput = WriteStream & { readonly fd: number };

/** The mode of a terminal: ours, or as it was. */
export interface TerminalModes {
  readonly enter: () => void;
  readonly leave: () => void;
  readonly isEntered: () => boolean;
}

/** Written at once: at the end of a process nothing else is. A terminal that is gone has nothing to be restored. */
const writeNow = (output: TerminalOutput, text: string): void => {
  try {
    writeSync(output.fd, text);
  } catch {
    // EIO: the window was closed. EAGAIN: it takes nothing in, and waiting for it would hold up the end.
  }
};

/** Switches between the two modes of a terminal. */
export const terminalModes = (input: ReadStream, output: TerminalOutput): TerminalModes => {
  let entered = false;
  return {
    isEntered: () => entered,
    enter: () => {
      entered = true;
      // A shell may have changed the terminal under a program that believes it is still in raw mode.
      input.setRawMode(false);
      input.setRawMode(true);
      input.resume();
      output.write(ENTER);
    },
    leave: () => {
      if (!entered) return;
      entered = false;
      input.pause();
      writeNow(output, LEAVE);
      if (!input.destroyed) input.setRawMode(false);
    },
  };
};
