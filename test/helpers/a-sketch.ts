import type { ProcessSketch } from '../../src/model/process.ts';
import { running } from './a-process.ts';

const START = 1_700_000_000_000;

/** A quick look at a process that runs a command, in one session with all others, each started a second after the one before. */
export const aSketch = (
  pid: number,
  parentPid: number,
  command: string,
  said: Partial<ProcessSketch> = {},
): ProcessSketch => ({
  ...running(command),
  pid,
  parentPid,
  startedAt: START + pid * 1_000,
  sessionId: 30,
  program: null,
  cpuMs: null,
  ...said,
});
