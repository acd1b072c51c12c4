import { writeSync } from 'node:fs';
import { PLAIN_PAINT, type Look } from '../report/look.ts';
import type { Invocation, Surroundings } from './invocation.ts';
import { errorCode } from '../util/error-code.ts';

const NARROWEST = 40;
const PLAIN_WIDTH = 80;
const WIDEST = 100;
const RETRY_MS = 5;

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
};

/**
 * Writes all of a text, or bytes as they are. A reader that went away (`| head -1`) has what it wanted and is no error;
 * a pipe that is full for now is waited for. `false` when the reader went away.
 */
const writeAll = (descriptor: number, text: string | Uint8Array): boolean => {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EPIPE') return false;
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
  return true;
};

/** The result: what the command was asked for; `false` when nobody reads any more. */
export const printResult = (text: string | Uint8Array): boolean => writeAll(1, text);

/** Everything else: progress, questions, errors. */
export const printAside = (text: string): void => void writeAll(2, `${text}\n`);

const wantsColor = ({ flags }: Invocation, environment: NodeJS.ProcessEnv): boolean => {
  const refused = flags.has('no-color') || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  if (refused) return false;
  const forced = environment['FORCE_COLOR'];
  return forced === undefined ? process.stdout.isTTY : forced !== '0' && forced !== 'false';
};

const columnsOf = (environment: NodeJS.ProcessEnv): number => {
  const told = Number(environment['COLUMNS']);
  const columns = process.stdout.isTTY
    ? process.stdout.columns
    : Number.isInteger(told) && told > 0
      ? told
      : PLAIN_WIDTH;
  return Math.max(NARROWEST, Math.min(WIDEST, columns));
};

/** How text may look on this standard output. The package for colours is loaded only for colours. */
export const lookOf = async (invocation: Invocation, { environment }: Surroundings): Promise<Look> => ({
  width: columnsOf(environment),
  paint: wantsColor(invocation, environment) ? (await import('../report/color-paint.ts')).colorPaint() : PLAIN_PAINT,
  home: environment['HOME'] ?? environment['USERPROFILE'] ?? null,
});
