import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { messageOf } from '../../../../util/error-code.ts';
import type { LogFile } from '../files/log-file.ts';
import type { LogContext } from '../log-context.ts';
import { isTight } from './make-room.ts';
import { compressionInProgress, countRotated, partFiles, sizeOf } from './rotated-files.ts';

/** A log that is rotated more often has no parts that stay long enough to be worth it. */
const QUIET_MS = 30_000;
/** The newest part stays as it is: people look into it, and it is soon the next one's turn. */
const FIRST = 2;

const nextOf = ({ path }: LogFile): string | null => {
  for (let number = countRotated(path); number >= FIRST; number -= 1) {
    const [file] = partFiles(path, number);
    if (file !== undefined && !file.endsWith('.gz') && !isTight(path, sizeOf(file))) return file;
  }
  return null;
};

/** Under its name only when it is whole, so whoever finds both files may remove the other one. */
const compress = async (part: string, next: string, signal: AbortSignal): Promise<void> => {
  rmSync(next, { force: true });
  const target = createWriteStream(next, { flags: 'wx', mode: 0o600 });
  await pipeline(createReadStream(part), createGzip({ level: 1 }), target, { signal });
  if (signal.aborted || !existsSync(part)) return;
  renameSync(next, `${part}.gz`);
  rmSync(part, { force: true });
};

const start = async (context: LogContext, log: string, part: string): Promise<void> => {
  const stop = new AbortController();
  context.compressing = { log, stop };
  const next = compressionInProgress(log);
  try {
    await compress(part, next, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) {
      context.problems.tell(`${log} compression`, `${part} could not be compressed: ${messageOf(error)}`);
    }
  } finally {
    rmSync(next, { force: true });
    context.compressing = null;
  }
};

const isQuiet = (context: LogContext, { rotation, rotating, rotatedAt, isPacked }: LogFile): boolean =>
  rotation?.compress === true && !rotating && !isPacked && context.uptime() - rotatedAt >= QUIET_MS;

/** Compresses one rotated part, if one waits for it and its log is quiet. */
export const compressOne = (context: LogContext): void => {
  if (context.compressing !== null) return;
  for (const file of context.files.values()) {
    if (!isQuiet(context, file)) continue;
    const part = nextOf(file);
    if (part !== null) return void start(context, file.path, part);
    file.isPacked = true;
  }
};
