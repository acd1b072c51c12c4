import { constants, fstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSpec } from '../../../model/service.ts';
import type { Home } from '../../state/home.ts';
import { holdFile } from './files/hold-file.ts';
import type { LogFile, Owner, Source, Tap } from './files/log-file.ts';
import { openLog } from './files/open-log.ts';
import type { LogContext } from './log-context.ts';
import type { LogService } from './log-service.ts';
import { lineFormat } from './pump/format-lines.ts';

/** The two streams of a service. */
export type StreamName = 'out' | 'error';

/** Both of them. */
export const STREAMS: readonly StreamName[] = ['out', 'error'];

const ENDINGS = { out: 'out', error: 'err' } as const;
const OURS: Owner = { uid: null, gid: null };

/** Where output that is thrown away goes. */
export const NOWHERE = '/dev/null';

const isSomewhere = (path: string | null): path is string => path !== null && path !== NOWHERE;

/** Whose files a service's logs are, where its user is told as a number. */
export const ownerOf = ({ spec: { uid, gid } }: LogService): Owner => ({
  uid: typeof uid === 'number' ? uid : null,
  gid: typeof gid === 'number' ? gid : null,
});

/** Does its output need to be passed on, since it cannot write what is wanted where it is wanted? */
export const isSpooled = ({ dateFormat, type, combined }: LogSpec): boolean =>
  dateFormat !== null || type === 'json' || isSomewhere(combined);

/** The logs that get what a stream says. */
export const targetsOf = (logs: LogSpec, stream: StreamName): readonly string[] =>
  [...new Set([logs[stream], logs.combined])].filter(isSomewhere);

/** The name of a tap. */
export const tapKey = (id: number, stream: StreamName): string => `spool ${id} ${stream}`;

const sourceKey = (name: string): string => `spool ${name}`;

interface SpoolName {
  readonly name: string;
  readonly id: number;
  readonly number: number;
  readonly ending: string;
}

const spoolsIn = (home: Home): readonly SpoolName[] =>
  readdirSync(home.spool).flatMap((name) => {
    const [, id, number, ending] = /^(\d+)-(\d+)\.(out|err)$/.exec(name) ?? [];
    return id === undefined || number === undefined || ending === undefined
      ? []
      : [{ name, id: Number(id), number: Number(number), ending }];
  });

/** The spools of a stream that are there, the oldest first. */
const spoolsOf = (home: Home, id: number, stream: StreamName): readonly SpoolName[] =>
  spoolsIn(home)
    .filter((spool) => spool.id === id && spool.ending === ENDINGS[stream])
    .toSorted((a, b) => a.number - b.number);

const openSource = (context: LogContext, name: string, owner: Owner): Source => {
  const key = sourceKey(name);
  const path = join(context.home.spool, name);
  const descriptor = openLog(path, constants.O_RDWR, owner);
  const { ino: inode } = fstatSync(descriptor);
  const known = context.journal.state.sources.get(key);
  const { offset, mid } = known?.inode === inode ? known : { offset: 0, mid: false };
  return { key, path, descriptor, inode, base: 0, offset, mid, looked: -1, endedAt: null };
};

const endAll = (context: LogContext, sources: readonly Source[]): void => {
  for (const source of sources) source.endedAt ??= context.uptime();
};

/** Nothing more is written by the run of a tap. */
export const endTap = (context: LogContext, { members, sources }: Tap): void => {
  members.clear();
  endAll(context, sources);
};

const sinksOf = (context: LogContext, service: LogService, stream: StreamName): readonly LogFile[] =>
  targetsOf(service.logs, stream).map((path) => holdFile(context, path, ownerOf(service), service.logs.rotation));

/** The tap of a stream, with what is left of earlier runs; made when it is not there. */
export const tapOf = (context: LogContext, service: LogService, stream: StreamName): Tap => {
  const key = tapKey(service.id, stream);
  const old = context.taps.get(key);
  const { id, logs, spec } = service;
  const sources = old?.sources ?? spoolsOf(context.home, id, stream).map(({ name }) => openSource(context, name, OURS));
  endAll(context, sources.slice(0, -1));
  const format = lineFormat(logs, { id, name: spec.name, type: ENDINGS[stream] });
  const sinks = sinksOf(context, service, stream);
  const tap: Tap = { key, sources, format, sinks, members: old?.members ?? new Map(), pauseMs: 0 };
  context.taps.set(key, tap);
  return tap;
};

/** A new spool for a run; gives the descriptor to write to. What is left of earlier runs comes first. */
export const openSpool = (context: LogContext, service: LogService, stream: StreamName): number => {
  const tap = tapOf(context, service, stream);
  endTap(context, tap);
  const owner = ownerOf(service);
  const last = spoolsOf(context.home, service.id, stream).at(-1)?.number ?? 0;
  const name = `${service.id}-${last + 1}.${ENDINGS[stream]}`;
  const descriptor = openLog(join(context.home.spool, name), constants.O_WRONLY, owner);
  const source = openSource(context, name, owner);
  // An older one may have had the same name and inode.
  const fresh = { inode: source.inode, offset: 0, base: 0, mid: false };
  Object.assign(source, fresh);
  context.journal.note({ source: source.key, mark: fresh, outputs: [] });
  tap.sources.push(source);
  tap.members.set(service.id, null);
  return descriptor;
};

/** Removes what is left of services that are no longer known. */
export const dropUnknownSpools = (context: LogContext, ids: ReadonlySet<number>): void => {
  for (const { name, id } of spoolsIn(context.home)) {
    if (ids.has(id)) continue;
    rmSync(join(context.home.spool, name), { force: true });
    if (context.journal.state.sources.has(sourceKey(name)))
      context.journal.note({ source: sourceKey(name), mark: null, outputs: [] });
  }
};
