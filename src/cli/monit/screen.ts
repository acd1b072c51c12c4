import type { Size } from './monit-state.ts';

/** What a person does at the terminal. */
export interface ScreenEvents {
  readonly key: (key: string) => void;
  /** The window has another size, or its content was lost. */
  readonly changed: () => void;
  /** The terminal is gone. */
  readonly gone: () => void;
}

/** A window to draw in. */
export interface Screen {
  readonly size: () => Size;
  /** Shows one text in each row. */
  readonly draw: (rows: readonly string[]) => void;
  /** Draws all of the next frame, whatever stands there. */
  readonly forget: () => void;
  /** Gives the terminal back to the shell until it says to go on. */
  readonly suspend: () => void;
  /** Gives the terminal back for good, as it was. */
  readonly close: () => void;
}

/** Opens the window. */
export type OpenScreen = (events: ScreenEvents) => Screen;
