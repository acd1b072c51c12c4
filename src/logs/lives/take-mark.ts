import { tellsOfGoingOn } from '../causes/handled.ts';
import type { LogEntry } from '../types.ts';
import { endAwaiting, pushLine } from './error-blocks.ts';
import type { EndEvent, NoteEvent, StartReason } from './events.ts';
import type { LineTraits } from './line-traits.ts';
import type { Mark } from './marks.ts';
import { TAIL_LINES, type TrackState } from './track-state.ts';

const reasonSince = ({ latest }: TrackState, since: number, isAsked: boolean): StartReason => {
  if (latest.memory > since) return 'memory';
  if (latest.edit > since) return 'edit';
  return latest.asked > since || isAsked ? 'asked' : 'unplanned';
};

/** Starts that are known only because another life came before. */
const FOLLOWING = new Set(['after-end', 'pid']);

const saysItGoesOn = (tail: readonly LogEntry[]): boolean => {
  const last = tail.at(-1);
  return last !== undefined && tellsOfGoingOn(last.body);
};

/** Takes the beginning of a life, as one way of recognising it sees it. */
export const start = (
  state: TrackState,
  kind: string,
  entry: LogEntry,
  instance: string | null = null,
  rule: Mark['rule'] | null = null,
): void => {
  const { position, tail, pendingEnd } = state;
  if (rule?.edit === true) state.latest.edit = position;
  const isAsked = rule?.endsFirst === true && !state.ended.delete(instance ?? '');
  const reason = state.starts.add({
    kind,
    reason: (since) => reasonSince(state, since, isAsked),
    at: entry.at,
    offset: entry.offset,
    position,
    instance,
    silentFirst: rule?.silentFirst === true || FOLLOWING.has(kind),
    afterTrouble: state.troubled || pendingEnd,
    afterDone: state.doneLine,
    afterGoingOn: !pendingEnd && saysItGoesOn(tail),
  });
  state.events.push({ type: 'start', kind, reason, entry, position, instance, before: tail.slice(-TAIL_LINES) });
};

const end = (state: TrackState, entry: LogEntry, mark: Mark, traits: LineTraits, how: EndEvent['how']): void => {
  const weak = mark.rule.weak === true;
  if (how === 'death') state.deaths += 1;
  const { code, signal, runner } = mark;
  state.events.push({ type: 'end', how, weak, runner, entry, position: state.position, code, signal });
  state.pendingEnd = true;
  state.pendingWeak = weak;
  if (how !== 'wait') state.ended.add(mark.instance ?? '');
  // The run-time's last word is a part of what it printed.
  if (how === 'death' || weak) pushLine(state.blocks, entry, traits, null, state.position);
  if (how === 'death') endAwaiting(state.blocks);
};

/** Takes a line that says why, and ends nothing. */
export const note = (state: TrackState, entry: LogEntry, type: NoteEvent['type'], path: string | null): void => {
  const { position } = state;
  if (type === 'asked' || type === 'edit' || type === 'memory') state.latest[type] = position;
  if (type === 'gave-up') state.gaveUp = true;
  state.events.push({ type, entry, position, path });
};

const takeStart = (state: TrackState, entry: LogEntry, { rule, path, instance, start: kind }: Mark): void => {
  state.gaveUp = false;
  if (path !== null) note(state, entry, 'edit', path);
  const isCounted = rule.many !== true && rule.byPid !== true;
  start(state, `runner:${kind}`, entry, isCounted ? instance : null, rule);
  state.pendingEnd = false;
};

/** Takes a runner's own line. */
export const takeMark = (state: TrackState, entry: LogEntry, mark: Mark, traits: LineTraits): void => {
  const { kind, rule, path } = mark;
  if (rule.weak !== true && kind !== 'death') state.runner ??= mark.runner;
  if (kind === 'note') state.named.add(mark.runner);
  if (rule.anew === true) state.ended.add('');
  if (kind === 'start') takeStart(state, entry, mark);
  else if (kind === 'end' || kind === 'death' || kind === 'wait') end(state, entry, mark, traits, kind);
  else note(state, entry, kind, path);
};

/** Numbers below are given again in every container. */
export const FIRST_FREE_PID = 300;

/** A runner's word, where it means what it says: not before the runner named itself, not of a process told already. */
export const markFor = (state: TrackState, mark: Mark | null): Mark | null => {
  if (mark === null) return null;
  const { needs, byPid } = mark.rule;
  if (needs !== undefined && !state.named.has(needs)) return null;
  if (byPid !== true) return mark;
  const isSame = mark.instance === state.toldPid && Number(mark.instance) >= FIRST_FREE_PID;
  state.toldPid = mark.instance;
  return isSame ? null : mark;
};
