import { cleanText } from './decode/clean-text.ts';
import { recall, remember } from './known-lines.ts';
import { pidOfText } from './lives/line-kinds.ts';
import type { LineTraits } from './lives/line-traits.ts';
import { isSideEvidence, isTellingSideEvidence } from './lives/side-evidence.ts';
import type { TrackSummary } from './lives/track-state.ts';
import type { LineSink, RawLine } from './scan/line-sink.ts';
import { LINE_BYTES } from './scan/read-line.ts';
import { learnedWords } from './scan/learned-words.ts';
import { measureLife, passLives, summaryWithLives } from './stream-lives.ts';
import { rememberNames, serviceOf, trackFor } from './stream-routes.ts';
import { streamState, type Known, type Pending, type SourcePlace, type StreamState } from './stream-state.ts';
import { readTimeStamp } from './time/time-stamp.ts';
import type { LogEntry } from './types.ts';
import { isJournalExport, journalExportReader } from './unwrap/journal-export.ts';
import { detectPrefix } from './unwrap/name-prefix.ts';
import { unwrapLine } from './unwrap/unwrap-line.ts';
import type { Unwrapped } from './unwrap/unwrapped.ts';

/** What one stream told, service by service. */
export interface StreamSummary {
  readonly files: readonly string[];
  readonly tracks: readonly TrackSummary[];
  readonly side: readonly LogEntry[];
}

export interface StreamReader extends LineSink {
  readonly beginSource: (place: SourcePlace) => void;
  readonly endSource: () => void;
  readonly summary: () => StreamSummary;
  /** Literal words of the lines that lives begin with, for a search among lines that are not read. */
  readonly startWords: () => readonly string[];
}

const SAMPLE_LINES = 120;
/** A message of many lines is read up to here. */
const LINES_OF_ONE = 80;

const RUNNER_OWN_LINE = /^PM2 +(?:log|error): |^PM2 +\||^\S+ PM2 (?:log|error): /;
const OPENING_BRACE = 0x7b;

const isPrefixed = ({ wrapping }: StreamState): boolean => wrapping.prefix !== null;

/** Whether a line tells nothing by itself of a service's life: it is about one, or a front program's own. */
const isAside = ({ mark }: LineTraits, entry: LogEntry): boolean =>
  mark === null && (isSideEvidence(entry) || RUNNER_OWN_LINE.test(entry.body));

const take = (state: StreamState, entry: LogEntry, traits: LineTraits): boolean => {
  const { mark } = traits;
  const service = serviceOf(state.routes, entry, mark);
  rememberNames(state.routes, service, mark);
  state.current = trackFor(state.routes, service, isPrefixed(state));
  if (mark !== null && state.current.isRawOpen()) {
    // One that was passed over is known by heart already.
    if (!state.repeating) state.endedError = state.current.rawLines();
    state.repeating = false;
    state.errorEnded = true;
  }
  return state.current.push(entry, traits);
};

const entryOf = (state: StreamState, text: string, from: Unwrapped, { number, offset }: Pending): LogEntry => {
  const stamp = readTimeStamp(text, state.wrapping.year);
  const body = stamp === null ? text : text.slice(0, stamp.start) + text.slice(stamp.end);
  const dated = (from.at !== null && from.dated) || stamp?.dated === true;
  return {
    text: text.slice(0, LINE_BYTES),
    body: body.slice(0, LINE_BYTES),
    at: state.clock(from.at ?? stamp?.at ?? null, dated),
    dated,
    service: from.service,
    pid: from.pid ?? (stamp === null ? null : pidOfText(text)) ?? pidOfText(body),
    ident: from.ident,
    level: from.level,
    file: state.place.file,
    line: state.place.numbered ? number : null,
    offset,
  };
};

const deliver = (state: StreamState, from: Unwrapped, where: Pending): boolean => {
  const texts = from.text.split(/\r?\n|\r/, LINES_OF_ONE);
  // A carriage return at the end of a line is no further line.
  if (texts.length > 1 && texts.at(-1) === '') texts.pop();
  let matters = false;
  for (const text of texts) {
    const entry = entryOf(state, cleanText(text), from, where);
    const traits = state.classify(entry.body, isPrefixed(state), entry.ident);
    if (isAside(traits, entry)) {
      if (isTellingSideEvidence(entry)) state.side.push(entry);
      continue;
    }
    if (texts.length === 1) remember(state, where.raw, from, { entry, traits });
    if (take(state, entry, traits)) matters = true;
  }
  return matters;
};

const joinPartial = (state: StreamState, line: Unwrapped): Unwrapped | null => {
  const { partial } = state;
  const whole = partial === null ? line : { ...line, text: partial.text + line.text, at: partial.at };
  state.partial = line.partial ? { ...whole, text: whole.text.slice(0, LINE_BYTES) } : null;
  return line.partial ? null : whole;
};

const again = (state: StreamState, { entry, traits }: Known, at: number | null, pending: Pending): boolean => {
  const { file, numbered } = state.place;
  const { raw: text, number, offset } = pending;
  return take(state, { ...entry, text, at, file, line: numbered ? number : null, offset }, traits);
};

const read = (state: StreamState, pending: Pending): boolean => {
  if (state.journal !== null) {
    const entry = state.journal.push(pending.raw);
    return entry === null || deliver(state, entry, pending);
  }
  const recalled = recall(state, pending.raw);
  if (recalled !== null) return again(state, recalled.known, recalled.at, pending);
  const line = joinPartial(state, unwrapLine(pending.raw, state.wrapping));
  return line === null || deliver(state, line, pending);
};

const settle = (state: StreamState): void => {
  if (state.sample === null) return;
  const waiting = state.sample;
  state.sample = null;
  const lines = waiting.map(({ raw }) => cleanText(raw));
  state.wrapping = { ...state.wrapping, prefix: detectPrefix(lines) };
  if (lines.some(isJournalExport)) state.journal = journalExportReader();
  for (const pending of waiting) read(state, pending);
};

const pendingOf = ({ journal }: StreamState, { bytes, start, end, number, offset }: RawLine): Pending => {
  const stop = end > start && bytes[end - 1] === 0x0d ? end - 1 : end;
  const raw = bytes.toString('utf8', start, stop);
  // Escapes hide the names that unwrapping looks for. In JSON they are escaped, and the journal's lengths need every byte.
  return { raw: journal !== null || bytes[start] === OPENING_BRACE ? raw : cleanText(raw), number, offset };
};

const endSource = (state: StreamState): void => {
  settle(state);
  const nowhere: Pending = { raw: '', number: 0, offset: 0 };
  const last = state.journal?.end() ?? null;
  if (last !== null) deliver(state, last, nowhere);
  if (state.partial !== null) deliver(state, { ...state.partial, partial: false }, nowhere);
  state.partial = null;
};

const skipped = (state: StreamState, count: number, last: RawLine): void => {
  settle(state);
  const pending = pendingOf(state, last);
  const unwrapped = unwrapLine(pending.raw, state.wrapping);
  const entry = entryOf(state, cleanText(unwrapped.text), unwrapped, pending);
  trackFor(state.routes, entry.service ?? state.routes.lastService, isPrefixed(state)).skip(count, entry);
};

const repeated = (state: StreamState, count: number, head: RawLine): void => {
  const { byHeart, current, place } = state;
  const [first, ...rest] = byHeart ?? [];
  if (first === undefined || current === null) return;
  const [lines, bytes] = [head.number - (first.line ?? 0), head.offset - first.offset];
  const moved = (): readonly LogEntry[] =>
    rest.map((entry) => ({
      ...entry,
      file: place.file,
      line: place.numbered && entry.line !== null ? entry.line + lines : null,
      offset: entry.offset + bytes,
    }));
  state.repeating = true;
  current.repeat(moved, count);
};

/** Reads one stream: takes lines as bytes, unwraps them, and gives them to the services they belong to. */
export const streamReader = (options: { readonly year: number; readonly fromStart: boolean }): StreamReader => {
  const state = streamState(options.year, options.fromStart);
  return {
    beginSource: (next) => {
      state.place = next;
      state.files.push(next.file);
    },
    endSource: () => endSource(state),
    line: (line) => {
      state.errorEnded = false;
      const pending = pendingOf(state, line);
      if (state.sample === null) return read(state, pending);
      if (state.sample.push(pending) >= SAMPLE_LINES) settle(state);
      return true;
    },
    errorState: () => {
      if (state.errorEnded) return 'ended';
      return state.journal === null && state.current?.isRawOpen() === true ? 'open' : 'none';
    },
    repeated: (count, head) => repeated(state, count, head),
    alike: (lives) => measureLife(state, lives),
    livesPassed: (lives) => passLives(state, lives),
    skipped: (count, last) => skipped(state, count, last),
    startWords: () => learnedWords(state.routes.tracks.values()),
    learned: () => {
      state.byHeart = state.endedError;
    },
    summary: () => {
      settle(state);
      const tracks = [...state.routes.tracks.values()].map((track) => summaryWithLives(state, track));
      return { files: state.files, tracks, side: state.side.items() };
    },
  };
};
