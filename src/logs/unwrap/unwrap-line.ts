import { unwrapCri } from './container-line.ts';
import { unwrapJson } from './json-line.ts';
import { unwrapPrefix, type PrefixForm } from './name-prefix.ts';
import { unwrapSyslog } from './syslog-line.ts';
import { bare, within, type Unwrapped } from './unwrapped.ts';

/** What is known of a stream before its lines are read one by one. */
export interface Wrapping {
  readonly prefix: PrefixForm | null;
  readonly year: number;
}

/** A front program before a container's log before the application's own JSON is the most that was seen. */
const LAYERS = 3;

const MAY_BE_WRAPPED = /^[\d<JFMASOND[]/;
const STAMPED_JSON = /^\S{10,40} (?=\{)/;

const unwrapOnce = (text: string, wrapping: Wrapping, layer: number): Unwrapped | null => {
  if (layer === 0 && wrapping.prefix !== null) {
    const inner = unwrapPrefix(text, wrapping.prefix);
    if (inner !== null) return inner;
  }
  const first = text.charCodeAt(0);
  if (first === 0x7b) return unwrapJson(text);
  // Every other wrapping begins with a time or a priority.
  if (!MAY_BE_WRAPPED.test(text)) return null;
  const cri = unwrapCri(text);
  if (cri !== null) return cri;
  const stamped = STAMPED_JSON.exec(text);
  if (stamped !== null) return unwrapJson(text.slice(stamped[0].length));
  return unwrapSyslog(text, wrapping.year);
};

/** Takes off up to three layers of wrapping. */
export const unwrapLine = (text: string, wrapping: Wrapping): Unwrapped => {
  let line = bare(text);
  for (let layer = 0; layer < LAYERS && !line.innermost; layer += 1) {
    const inner = unwrapOnce(line.text, wrapping, layer);
    if (inner === null) break;
    line = within(line, inner);
  }
  return line;
};
