import { readdirSync, readlinkSync } from 'node:fs';
import type { HeldPort } from '../../model/process-table.ts';
import { errorCode } from '../../util/error-code.ts';
import { findListeners } from './find-listeners.ts';

/** The TCP listeners of a few processes, cheap to ask for again and again. */
export interface Listening {
  /** See `ProcessTable.listenMark`. */
  readonly mark: () => string | null;
  readonly heldBy: (pids: readonly number[]) => readonly HeldPort[];
}

/** A socket that was no listener yet, and when to look again. */
interface Waiting {
  readonly pauseMs: number;
  readonly due: number;
}

/** A socket listens moments after it was made, or never. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 60_000;

/** Services that launch together ask within one turn. */
const FRESH_MS = 5;

/** More sockets than anybody watches at once; above it, all is forgotten and learnt again. */
const KEPT = 16_384;

const GONE = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

const orGone = <T>(look: () => T, gone: T): T => {
  try {
    return look();
  } catch (error) {
    if (GONE.has(errorCode(error) ?? '')) return gone;
    throw error;
  }
};

const socketsOf = (proc: string, pid: number): readonly number[] => {
  const folder = `${proc}/${pid}/fd`;
  const links = orGone(() => readdirSync(folder), []).map((name) =>
    orGone(() => readlinkSync(`${folder}/${name}`), ''),
  );
  return links.flatMap((link) => (link.startsWith('socket:[') ? [Number(link.slice(8, -1))] : []));
};

const inUse = (text: string | null): string => /^TCP6?: inuse (\d+)/m.exec(text ?? '')?.[1] ?? '';

/**
 * Watches the listeners below a /proc tree; `read` reads a file there, `now` is a clock of any kind in milliseconds.
 * The descriptors of the processes are read first, and the tables of sockets only for a socket not seen before.
 */
export const watchListening = (proc: string, read: (path: string) => string | null, now: () => number): Listening => {
  const listening = new Map<number, number>();
  const waiting = new Map<number, Waiting>();
  let seen: { readonly at: number; readonly mark: string } | null = null;
  const isUnknown = (inode: number): boolean => !listening.has(inode) && (waiting.get(inode)?.due ?? 0) <= now();
  const learn = (inodes: ReadonlySet<number>): void => {
    if (inodes.size === 0) return;
    if (listening.size + waiting.size > KEPT) for (const map of [listening, waiting]) map.clear();
    const found = findListeners(proc, inodes);
    for (const inode of inodes) {
      const port = found.get(inode);
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * (waiting.get(inode)?.pauseMs ?? FIRST_PAUSE_MS / 2));
      if (port === undefined) waiting.set(inode, { pauseMs, due: now() + pauseMs });
      else listening.set(inode, port);
    }
  };
  return {
    mark: () => {
      const at = now();
      if (seen !== null && at - seen.at < FRESH_MS) return seen.mark;
      const mark = ['sockstat', 'sockstat6'].map((name) => inUse(read(`${proc}/net/${name}`))).join();
      seen = { at, mark };
      return mark;
    },
    heldBy: (pids) => {
      const sockets = pids.map((pid) => [pid, socketsOf(proc, pid)] as const);
      learn(new Set(sockets.flatMap(([, inodes]) => inodes).filter(isUnknown)));
      return sockets.flatMap(([pid, inodes]) =>
        inodes.flatMap((inode) => {
          const port = listening.get(inode);
          return port === undefined ? [] : [{ port, pid }];
        }),
      );
    },
  };
};
