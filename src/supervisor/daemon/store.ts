import { messageOf } from '../../util/error-code.ts';
import type { Home } from '../state/home.ts';
import type { ServiceRecord, SupervisorState } from '../state/records.ts';
import { readState, removeDrafts, setAside, writeState, writeTwin } from '../state/state-file.ts';

/** All that is known of services, in memory and on disk. */
export interface Store {
  readonly records: () => readonly ServiceRecord[];
  readonly record: (id: number) => ServiceRecord | null;
  /** Changes one service; on disk soon. */
  readonly put: (record: ServiceRecord) => void;
  readonly remove: (id: number) => void;
  readonly nextId: () => number;
  /** Writes now what is not on disk yet. What must be known after a crash is written before it is done. */
  readonly commit: () => void;
  /** What a person should know: a file that was not whole, a disk that is full. */
  readonly notices: () => readonly string[];
}

/** Changes that come together are written together. */
const WRITE_AFTER_MS = 20;
const TWIN_AFTER_MS = 1_000;
const RETRY_MS = 2_000;

interface Parts {
  state: SupervisorState;
  dirty: boolean;
  writeTimer: NodeJS.Timeout | null;
  twinTimer: NodeJS.Timeout | null;
  /** Why the last write failed; `null` when it did not. */
  trouble: string | null;
}

const later = (ms: number, act: () => void): NodeJS.Timeout => setTimeout(act, ms).unref();

/** While the disk is full the services go on, and what is known of them stays in memory until it can be written. */
const attempt = (parts: Parts, act: () => void): boolean => {
  try {
    act();
    parts.trouble = null;
    return true;
  } catch (error) {
    parts.trouble = `the state cannot be written (${messageOf(error)}); it is kept in memory and written when that is possible`;
    return false;
  }
};

const writeTwinLater = (home: Home, parts: Parts, ms: number): void => {
  parts.twinTimer = later(ms, () => {
    if (!attempt(parts, () => writeTwin(home, parts.state))) writeTwinLater(home, parts, RETRY_MS);
  });
};

const writer = (home: Home, parts: Parts): (() => void) => {
  const write = (): void => {
    if (parts.writeTimer !== null) clearTimeout(parts.writeTimer);
    parts.writeTimer = null;
    if (!parts.dirty) return;
    if (parts.twinTimer !== null) clearTimeout(parts.twinTimer);
    parts.state = { ...parts.state, generation: parts.state.generation + 1 };
    if (attempt(parts, () => writeState(home, parts.state))) {
      parts.dirty = false;
      writeTwinLater(home, parts, TWIN_AFTER_MS);
    } else parts.writeTimer = later(RETRY_MS, write);
  };
  return write;
};

/** Finds records by id, which is asked for many times between two changes. */
const finder = (services: () => readonly ServiceRecord[]): ((id: number) => ServiceRecord | null) => {
  let known: readonly ServiceRecord[] = [];
  let byId: ReadonlyMap<number, ServiceRecord> = new Map();
  return (id) => {
    const now = services();
    if (now !== known) [known, byId] = [now, new Map(now.map((record) => [record.id, record]))];
    return byId.get(id) ?? null;
  };
};

/** Reads what is on disk; files that are not whole are put aside and told. Only who holds the lock may ask. */
export const openStore = (home: Home, now: number): Store => {
  removeDrafts(home);
  const { state, notices, corrupt } = readState(home);
  const aside = setAside(corrupt, now);
  const told = aside.length === 0 ? notices : notices.map((notice) => `${notice} (kept as ${aside.join(' and ')})`);
  const parts: Parts = { state, dirty: notices.length > 0, writeTimer: null, twinTimer: null, trouble: null };
  const write = writer(home, parts);
  const change = (next: Partial<SupervisorState>): void => {
    parts.state = { ...parts.state, ...next };
    parts.dirty = true;
    parts.writeTimer ??= later(WRITE_AFTER_MS, write);
  };
  if (parts.dirty) write();
  return {
    records: () => parts.state.services,
    record: finder(() => parts.state.services),
    put: (record) => {
      const { services } = parts.state;
      const at = services.findIndex(({ id }) => id === record.id);
      change({ services: at === -1 ? [...services, record] : services.with(at, record) });
    },
    remove: (id) => change({ services: parts.state.services.filter((record) => record.id !== id) }),
    nextId: () => {
      const id = parts.state.nextId;
      change({ nextId: id + 1 });
      return id;
    },
    commit: write,
    notices: () => [...told, ...(parts.trouble === null ? [] : [parts.trouble])],
  };
};
