import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { findDescriptor } from './files/find-descriptor.ts';
import { holdFile, markSize, releaseFile } from './files/hold-file.ts';
import type { LogFile, Tap } from './files/log-file.ts';
import { openLog } from './files/open-log.ts';
import type { LogContext } from './log-context.ts';
import type { LogService, Writers } from './log-service.ts';
import { beginLooks, lookAt, lookAtSink, runStray } from './look.ts';
import type { StreamStart } from './pump/journal-lines.ts';
import { emptyEnded } from './pump/empty-source.ts';
import { addStray, strayKey } from './pump/stray.ts';
import { runTap, turnTap } from './pump/turn-tap.ts';
import { rotateAtStart } from './rotation/rotate.ts';
import {
  endTap,
  isSpooled,
  NOWHERE,
  openSpool,
  ownerOf,
  STREAMS,
  tapKey,
  tapOf,
  targetsOf,
  type StreamName,
} from './spools.ts';

const startAt = (file: LogFile, isDirect: boolean): StreamStart => {
  const { size, ino: inode } = fstatSync(file.descriptor);
  return { path: file.path, inode, offset: size, earlier: null, isDirect };
};

interface Opened {
  readonly descriptor: number;
  readonly start: StreamStart | null;
}

const openDirect = (context: LogContext, service: LogService, path: string): Opened => {
  const file = holdFile(context, path, ownerOf(service), service.logs.rotation);
  rotateAtStart(context, file);
  const start = startAt(file, true);
  const descriptor = openLog(path, constants.O_WRONLY, ownerOf(service));
  file.direct.set(service.id, null);
  return { descriptor, start };
};

const openIndirect = (context: LogContext, service: LogService, stream: StreamName): Opened => {
  const descriptor = openSpool(context, service, stream);
  const tap = context.taps.get(tapKey(service.id, stream));
  for (const sink of tap?.sinks ?? []) rotateAtStart(context, sink);
  if (tap !== undefined) runSpool(context, tap);
  const [sink] = tap?.sinks ?? [];
  return { descriptor, start: sink === undefined ? null : startAt(sink, false) };
};

const openStream = (context: LogContext, service: LogService, stream: StreamName): Opened => {
  const [path] = targetsOf(service.logs, stream);
  if (path === undefined) return { descriptor: openSync(NOWHERE, constants.O_WRONLY), start: null };
  return isSpooled(service.logs) ? openIndirect(context, service, stream) : openDirect(context, service, path);
};

/** Passes on what comes to a spool, until nothing can come any more. */
const runSpool = (context: LogContext, tap: Tap): void =>
  runTap(context, tap, (isDone) => {
    // Another configuration may have taken its place.
    if (isDone && context.taps.get(tap.key) === tap) context.taps.delete(tap.key);
    for (const sink of tap.sinks) {
      lookAtSink(context, sink);
      if (isDone) releaseFile(context, sink);
    }
  });

/** Opens what a new run writes to. Throws a `DevdoctorError` with nothing left open. */
export const openRun = (context: LogContext, service: LogService): { readonly out: number; readonly error: number } => {
  leave(context, service.id);
  const out = openStream(context, service, 'out');
  try {
    const error = openStream(context, service, 'error');
    context.journal.note({ run: service.id, start: { out: out.start, error: error.start } });
    return { out: out.descriptor, error: error.descriptor };
  } catch (error) {
    closeSync(out.descriptor);
    leave(context, service.id);
    throw error;
  }
};

/** A service that was adopted may write to a file that has no path any more. */
const adoptStray = (
  context: LogContext,
  file: LogFile,
  adopted: {
    readonly id: number;
    readonly writers: NonNullable<Writers>;
    readonly inode: number;
    readonly seen: number;
  },
): boolean => {
  const pids = adopted.writers().map(({ pid }) => pid);
  const descriptor = findDescriptor(adopted.inode, [], pids);
  if (descriptor === null) return false;
  const members = new Map([[adopted.id, adopted.writers]]);
  runStray(context, file, addStray(context, file, { descriptor, seen: adopted.seen, members }));
  return true;
};

const attachDirect = (
  context: LogContext,
  service: LogService,
  stream: { readonly path: string; readonly start: StreamStart | null },
  writers: NonNullable<Writers>,
): void => {
  const { id, logs } = service;
  const { path, start } = stream;
  const last = context.indexes.last(path);
  const file = holdFile(context, path, ownerOf(service), logs.rotation);
  const inode = start?.path === path && start.isDirect ? start.inode : file.inode;
  const stray = file.strays.find(({ key }) => key === strayKey(path, inode));
  if (stray !== undefined) return void stray.members.set(id, writers);
  const seen = last?.inode === inode ? last.offset : 0;
  if (inode !== file.inode && adoptStray(context, file, { id, writers, inode, seen })) return;
  file.direct.set(id, writers);
  beginLooks(context, file);
};

const attachSpool = (
  context: LogContext,
  service: LogService,
  stream: StreamName,
  writers: NonNullable<Writers>,
): void => {
  const tap = context.taps.get(tapKey(service.id, stream)) ?? tapOf(context, service, stream);
  tap.members.set(service.id, writers);
  runSpool(context, tap);
};

/** Tells who writes in a run, from now on. */
export const attachRun = (context: LogContext, service: LogService, writers: NonNullable<Writers>): void => {
  const run = context.journal.state.runs.get(service.id);
  for (const stream of STREAMS) {
    const [path] = targetsOf(service.logs, stream);
    if (path === undefined) continue;
    if (isSpooled(service.logs)) attachSpool(context, service, stream, writers);
    else attachDirect(context, service, { path, start: run?.[stream] ?? null }, writers);
  }
};

/** Takes a service off all files, and gives the taps that nobody writes to any more. */
const leave = (context: LogContext, id: number): readonly Tap[] => {
  const ended: Tap[] = [];
  for (const stream of STREAMS) {
    const tap = context.taps.get(tapKey(id, stream));
    if (tap !== undefined) ended.push(tap);
  }
  for (const file of context.files.values()) {
    const strays = file.strays.filter(({ members }) => members.delete(id) && members.size === 0);
    ended.push(...strays);
    if (file.direct.delete(id)) lastLook(context, file);
  }
  for (const tap of ended) endTap(context, tap);
  return ended;
};

const lastLook = (context: LogContext, file: LogFile): void => {
  lookAt(context, file);
  markSize(context, file, file.seen, context.now(), true);
  file.rate = 0;
  releaseFile(context, file);
};

const drain = async (context: LogContext, tap: Tap): Promise<void> => {
  while (!context.closed && turnTap(context, tap) === 'more') await setImmediate();
  if (context.closed) return;
  emptyEnded(context, tap);
  for (const sink of tap.sinks) lookAtSink(context, sink);
};

/** A run is over: what it wrote is passed on, as far as it can be written. */
export const detachRun = async (context: LogContext, id: number): Promise<void> => {
  for (const tap of leave(context, id)) await drain(context, tap);
};
