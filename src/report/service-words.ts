import type { LastExit, ServiceRow } from '../model/service.ts';
import { formatDuration } from '../util/duration.ts';
import { sanitize } from '../util/sanitize.ts';

const LIMIT = 200;

/** What a person looks for first in what an error names. */
const TELLING = ['module', 'port', 'variable', 'path', 'host'];

/** How a run ended: its code, or the signal. */
export const exitText = ({ code, signal }: Pick<LastExit, 'code' | 'signal'>): string => {
  if (signal !== null) return sanitize(signal, LIMIT);
  return code === null ? 'end not seen' : String(code);
};

/** The code of the root cause, and what it is about: `MODULE_NOT_FOUND ./routes`. */
export const causeText = ({ rootCause, detail }: Pick<LastExit, 'rootCause' | 'detail'>): string | null => {
  if (rootCause === null) return null;
  const about = TELLING.map((name) => detail[name]).find((value) => value !== undefined);
  return sanitize(about === undefined ? rootCause : `${rootCause} ${about}`, LIMIT);
};

/** The last end of a service in a few words: `1, 4 min ago: MODULE_NOT_FOUND ./routes`. */
export const lastExitText = (lastExit: LastExit, now: number): string => {
  const ago = formatDuration(now - Date.parse(lastExit.at));
  const cause = causeText(lastExit) ?? (lastExit.evidence === null ? null : sanitize(lastExit.evidence, LIMIT));
  return `${exitText(lastExit)}, ${ago} ago${cause === null ? '' : `: ${cause}`}`;
};

/** A status with the number of copies behind one name. */
export const statusText = ({ status, mode, instances }: Pick<ServiceRow, 'status' | 'mode' | 'instances'>): string =>
  mode === 'cluster' && instances > 1 ? `${status} x${instances}` : status;
