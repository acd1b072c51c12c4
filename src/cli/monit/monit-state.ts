import type { ServiceDetail, ServiceRow, ServiceSample } from '../../model/service.ts';
import type { Stream } from '../../supervisor/log-view/types.ts';

/** Columns and rows of a window. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A line of output, safe to print. */
export interface OutputLine {
  readonly stream: Stream;
  readonly text: string;
}

/** The place in a log that stands in the last row of its pane. */
export interface Anchor {
  /** Number of the line, counted since the log was opened. */
  readonly line: number;
  /** Which of its rows, for a line that takes several. */
  readonly part: number;
}

/** The output of the chosen service, as far as it is kept. */
export interface LogView {
  /** Grows with every choice, so that what was read for an earlier one is known to be late. */
  readonly turn: number;
  readonly lines: readonly OutputLine[];
  /** Number of the first line that is kept. */
  readonly first: number;
  /** Why there is nothing to see; `null` when there is. */
  readonly note: string | null;
  /** `null` follows the end. */
  readonly anchor: Anchor | null;
}

/** What was said last in the footer. */
export interface Message {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
  /** Milliseconds since the epoch; infinity stays until a key is pressed. */
  readonly until: number;
}

/** What the keys mean at the moment. */
export type Mode =
  | { readonly kind: 'browse' }
  | { readonly kind: 'confirm-stop'; readonly id: number; readonly name: string }
  | { readonly kind: 'filter' };

/** Everything that `monit` shows. */
export interface MonitState {
  readonly size: Size;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** `null` before the first answer. */
  readonly services: readonly ServiceRow[] | null;
  /** Id of the chosen service; `null` when there is none. */
  readonly selected: number | null;
  readonly filter: string;
  readonly pane: 'services' | 'log';
  readonly mode: Mode;
  /** How long one column of a chart lasts. */
  readonly stepMs: number;
  readonly samples: Readonly<Record<string, readonly ServiceSample[]>>;
  /** About the chosen service; `null` before it is known. */
  readonly detail: ServiceDetail | null;
  readonly log: LogView;
  /** Since when the supervisor does not answer; `null` while it does. */
  readonly lostSince: number | null;
  readonly notices: readonly string[];
  readonly message: Message | null;
}

/** Columns of a chart last one of these. The first is how often the supervisor measures. */
export const STEPS: readonly [number, ...number[]] = [2_000, 10_000, 60_000];

/** Lines of a log that are kept. */
export const KEPT_LINES = 2_000;

/** A log of which nothing was read yet. */
export const EMPTY_LOG: LogView = { turn: 0, lines: [], first: 0, note: null, anchor: null };

/** What is shown before anything is known, with what is to be said at the start. */
export const initialState = (size: Size, now: number, notices: readonly string[] = []): MonitState => ({
  size,
  now,
  services: null,
  selected: null,
  filter: '',
  pane: 'services',
  mode: { kind: 'browse' },
  stepMs: STEPS[0],
  samples: {},
  detail: null,
  log: EMPTY_LOG,
  lostSince: null,
  notices: [],
  message: notices.length === 0 ? null : { tone: 'plain', text: notices.join(' · '), until: Infinity },
});
