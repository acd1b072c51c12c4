import { lookAtLeftovers } from '../../../src/doctor/look-at-leftovers.ts';
import type { LeftoverFacts } from '../../../src/model/dev-tree.ts';
import type { Clock } from '../../../src/model/clock.ts';
import type { Inspector, Platform } from '../../../src/model/platform.ts';
import { refOf, type ProcessInfo, type ProcessSketch } from '../../../src/model/process.ts';
import { read, type Reading } from '../../../src/model/snapshot.ts';
import { running } from '../../helpers/a-process.ts';
import { SELF } from '../../helpers/a-snapshot.ts';
import { fakeHost } from '../../helpers/fake-platform.ts';

/** When the look begins. */
export const NOW = 1_700_000_000_000;

/** A process of the test's user that started about a minute before. */
export const process = (
  pid: number,
  parentPid: number,
  command: string,
  said: Partial<ProcessInfo> = {},
): ProcessInfo => running(command, { pid, parentPid, sessionId: 30, startedAt: NOW - 60_000 + pid, ...said });

export const INIT: ProcessInfo = process(1, 0, '/sbin/init', { uid: 0, sessionId: 1 });
const BASH = process(30, 1, 'bash');
const SELF_SHELL = process(SELF - 1, 30, 'sh -c devdoctor');
const DEVDOCTOR = process(SELF, SELF - 1, 'node devdoctor.js');
/** A machine on which somebody runs this command in a shell, and nothing else. */
export const HOST: readonly ProcessInfo[] = [INIT, BASH, SELF_SHELL, DEVDOCTOR];
/** A server that lost its parent, and its helper. */
export const SERVER: ProcessInfo = process(100, 1, 'node server.js');
export const HELPER: ProcessInfo = process(101, 100, '/opt/esbuild --service=0.25.0');

/** A machine in memory; `inspect` replaces single answers. */
export interface Machine {
  readonly processes: readonly ProcessInfo[];
  /** Processor time that a pid has used after so many milliseconds of looking, in milliseconds. */
  readonly load?: Readonly<Record<number, (passed: number) => number>>;
  readonly inspect?: Partial<Inspector>;
}

/** What one look told, and what it took. */
export interface Look {
  readonly reading: Reading<LeftoverFacts>;
  readonly slept: readonly number[];
  /** What was asked, as `traces 100,101`. */
  readonly asked: readonly string[];
}

/** The quick look at a process. */
export const sketchOf = (info: ProcessInfo, cpuMs: number | null): ProcessSketch => ({ ...info, program: null, cpuMs });

/** Looks for left-overs on a machine. */
export const look = async ({ processes, load = {}, inspect = {} }: Machine): Promise<Look> => {
  const slept: number[] = [];
  const asked: string[] = [];
  let now = NOW;
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
  const sketches = (): readonly ProcessSketch[] =>
    processes.map((info) => sketchOf(info, load[info.pid]?.(now - NOW) ?? 0));
  const chosen = (pids: readonly number[]): readonly ProcessInfo[] => processes.filter(({ pid }) => pids.includes(pid));
  const { platform } = fakeHost(processes);
  const told: Partial<Inspector> = {
    sketch: (pids) =>
      Promise.resolve(
        read(
          sketches().filter(({ pid }) => pids === 'all' || pids.includes(pid)),
          'a test',
        ),
      ),
    lineage: (pids) => {
      asked.push(`lineage ${pids.toSorted((a, b) => a - b).join(',')}`);
      return platform.inspect.lineage(pids);
    },
    traces: (pids) => {
      asked.push(`traces ${pids.join(',')}`);
      const nothing = { streams: null, ports: [], clients: 0, outgoing: 0, socketsRead: true };
      return Promise.resolve(
        read(
          chosen(pids).map((info) => ({ ...refOf(info), ...nothing })),
          'the traces of a test',
        ),
      );
    },
    memory: (pids) =>
      Promise.resolve(
        read(
          chosen(pids).map((info) => ({
            ...refOf(info),
            rssBytes: info.pid,
            sharedBytes: 0,
            pssBytes: info.pid,
            nodeOptions: null,
          })),
          'a test',
        ),
      ),
  };
  const machine: Platform = { ...platform, inspect: { ...platform.inspect, ...told, ...inspect } };
  const reading = await lookAtLeftovers(sketches(), machine, clock);
  return { reading, slept, asked };
};

/** The facts of such a look. */
export const factsOf = async (machine: Machine): Promise<LeftoverFacts> => {
  const { reading } = await look(machine);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};
