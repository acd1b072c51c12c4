import type { MemorySeries } from '../../model/dev-tree.ts';
import { SCHEMA_VERSION, type CheckResult } from '../../model/results.ts';
import { toJson, toJsonLine } from '../../report/json.ts';
import { checkExitCode } from '../exit-code.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { lookAround, summarize } from '../look-around.ts';
import { lookOf, printResult } from '../output.ts';
import { systemClock } from '../system-clock.ts';
import type { WatchedLook } from './check-watch.ts';

const lookOnce = async (
  invocation: Invocation,
  surroundings: Surroundings,
  series: readonly MemorySeries[],
): Promise<WatchedLook> => {
  const { diagnosis, ports, notes } = await lookAround(invocation, surroundings, false, series);
  const { snapshot, outcomes, findings } = diagnosis;
  const result: CheckResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'check',
    takenAt: new Date(snapshot.takenAt).toISOString(),
    platform: snapshot.platform,
    ports,
    outcomes: summarize(outcomes),
    findings,
    notes,
  };
  return { result, snapshot, exitCode: checkExitCode(outcomes, findings, invocation.flags.has('strict')) };
};

const timeOf = (milliseconds: number): string => new Date(milliseconds).toTimeString().slice(0, 8);

/** Looks until Ctrl-C, which ends the watch and not the process: its exit code is that of the last look. */
const watchOn = async (invocation: Invocation, surroundings: Surroundings): Promise<number> => {
  const { watch, watchInterval } = await import('./check-watch.ts');
  const { prettyCheck } = await import('../../report/pretty-check.ts');
  const intervalMs = watchInterval(invocation.values['watch']?.at(-1) ?? '');
  const json = invocation.flags.has('json');
  const look = await lookOf(invocation, surroundings);
  let stopped = false;
  const stop = (): void => void (stopped = true);
  const text = ({ result, snapshot }: WatchedLook): string =>
    json ? toJsonLine(result) : `${look.paint.dim(timeOf(snapshot.takenAt))}\n${prettyCheck(result, look)}\n`;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    return await watch({
      intervalMs,
      clock: systemClock,
      look: (series) => lookOnce(invocation, surroundings, series),
      tell: (seen) => printResult(text(seen)),
      everyLook: json,
      stopped: () => stopped,
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
};

/** `check`: what is wrong here. */
export const run: CommandRunner = async (invocation, surroundings) => {
  if (invocation.values['watch'] !== undefined) return watchOn(invocation, surroundings);
  const { result, exitCode } = await lookOnce(invocation, surroundings, []);
  if (invocation.flags.has('json')) printResult(toJson(result));
  else
    printResult(
      (await import('../../report/pretty-check.ts')).prettyCheck(result, await lookOf(invocation, surroundings)),
    );
  return exitCode;
};
