import type { Clock } from '../../../model/clock.ts';
import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark, ServiceSample } from '../../../model/service.ts';
import type { Family } from '../tree/find-members.ts';
import { lookAt } from '../../core/look-at.ts';
import { createPasses, isSettling, type Sampled, type Watched } from './passes.ts';
import { createPortLooks, type PortOwner } from './port-looks.ts';
import { watchTree, type WatchedTree } from './watched-tree.ts';

/** What one look told of a service. */
export interface SampleReading {
  readonly id: number;
  readonly at: number;
  readonly memoryBytes: number;
  readonly cpuPercent: number;
  /** Without the shim. */
  readonly members: readonly BirthMark[];
  readonly isShimAlive: boolean;
  readonly isMainAlive: boolean;
  /** Bytes measured in this instant that are above the limit; `null` when they are not. */
  readonly overLimit: number | null;
  /** `null` when nobody looked at them this time. */
  readonly ports: readonly number[] | null;
}

/** Memory and processor time of every service's tree. */
export interface Sampler {
  /** Looks at these services. Called every two seconds. */
  readonly tick: (services: readonly Sampled[]) => readonly SampleReading[];
  /** Somebody looks at what is read: for ten seconds shares of memory and ports are kept fresh. */
  readonly attend: () => void;
  readonly membersOf: (id: number) => readonly BirthMark[];
  /** Those of the last hour, oldest first. */
  readonly samplesOf: (id: number) => readonly ServiceSample[];
  readonly forget: (id: number) => void;
}

/** What a sampler works with. */
export interface SamplerMeans {
  readonly table: ProcessTable;
  readonly clock: Clock;
}

const ATTENTION_MS = 10_000;

/** A main process that still has the shim for its parent needs no other look at the shim. */
const livesOf = (
  table: ProcessTable,
  { shim, main }: Family,
  rows: readonly TableRow[],
): Pick<SampleReading, 'isShimAlive' | 'isMainAlive'> => {
  const row = rows.find(({ pid, born }) => pid === main?.pid && born === main.born) ?? lookAt(table, main);
  return {
    isMainAlive: row !== null,
    isShimAlive: (shim !== null && row?.parentPid === shim.pid) || lookAt(table, shim) !== null,
  };
};

/** What all readings of one tick share. */
interface Moment {
  readonly now: number;
  readonly isWatched: boolean;
  readonly lastPassAt: number;
}

interface Looked extends PortOwner {
  readonly reading: Omit<SampleReading, 'ports'>;
}

const readTree = (
  table: ProcessTable,
  { service, tree }: Watched,
  rows: readonly TableRow[],
  moment: Moment,
): Looked => {
  const { id, family, startedAt, limitBytes } = service;
  const before = tree.marks();
  const { bytes, isOver, cpuPercent } = tree.sample(rows, { ...moment, startedAt, limitBytes });
  const members = tree.marks();
  const overLimit = isOver ? bytes : null;
  const isLikely = moment.isWatched || isSettling(startedAt, moment.now) || before !== members;
  const lives = livesOf(table, family, rows);
  return {
    id,
    members,
    isLikely,
    reading: { id, at: moment.now, memoryBytes: bytes, cpuPercent, members, overLimit, ...lives },
  };
};

/** Starts a sampler. */
export const createSampler = ({ table, clock }: SamplerMeans): Sampler => {
  const trees = new Map<number, WatchedTree>();
  const passes = createPasses(table);
  const ports = createPortLooks(table);
  let attendedAt = Number.NEGATIVE_INFINITY;
  const watch = (service: Sampled): Watched => {
    const tree = trees.get(service.id) ?? watchTree(table);
    trees.set(service.id, tree);
    return { service, tree };
  };
  const tick = (services: readonly Sampled[]): readonly SampleReading[] => {
    const now = clock.now();
    const watched = services.map(watch);
    const isWatched = now - attendedAt < ATTENTION_MS;
    const { rowsOf, lastPassAt } = passes.look(watched, now, isWatched);
    const moment = { now, lastPassAt, isWatched };
    const looked = watched.map((one) => readTree(table, one, rowsOf(one.service.id), moment));
    const found = ports.look(looked, now);
    return looked.map(({ reading }) => ({ ...reading, ports: found.get(reading.id) ?? null }));
  };
  return {
    tick,
    attend: () => {
      attendedAt = clock.now();
    },
    membersOf: (id) => trees.get(id)?.marks() ?? [],
    samplesOf: (id) => trees.get(id)?.samples() ?? [],
    forget: (id) => void trees.delete(id),
  };
};
