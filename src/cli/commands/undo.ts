import { stateDirectory } from '../../config/state-directory.ts';
import { readHistory, recordUndone } from '../../doctor/history.ts';
import { relaunch } from '../../doctor/relaunch.ts';
import { DevdoctorError } from '../../model/error.ts';
import type { HistoryRow, UndoResult } from '../../model/results.ts';
import { choosePlatform } from '../../platform/choose.ts';
import { toJson } from '../../report/json.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';
import { systemClock } from '../system-clock.ts';

const chooseEntry = (entries: readonly HistoryRow[], id: string | undefined): HistoryRow => {
  if (id === undefined) {
    const last = entries.findLast(({ undoneAt }) => undoneAt === null);
    if (last === undefined) throw new DevdoctorError('usage', 'there is nothing to undo', 'devdoctor history');
    return last;
  }
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry !== undefined) return entry;
  const meant = didYouMean(
    id,
    entries.map((known) => known.id),
  );
  throw new DevdoctorError(
    'usage',
    `the history has no entry "${id}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor history',
  );
};

const EXIT_OF: Readonly<Record<UndoResult['status'], number>> = {
  started: EXIT.ok,
  'not-listening': EXIT.notResolved,
  ended: EXIT.notResolved,
  refused: EXIT.refused,
};

/** `undo`: starts again what was ended. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const directory = stateDirectory(surroundings.environment);
  const entry = chooseEntry(readHistory(directory).entries, invocation.positionals[0]);
  const platform = await choosePlatform(surroundings.environment);
  const result = await relaunch(entry, directory, surroundings.environment, platform, systemClock);
  // A program that runs and does not listen yet is back too: a second undo would start a second copy.
  if (result.status === 'started' || result.status === 'not-listening')
    recordUndone(directory, entry.id, systemClock.now());
  if (invocation.flags.has('json')) printResult(toJson(result));
  else
    printResult(
      (await import('../../report/pretty-history.ts')).prettyUndo(result, await lookOf(invocation, surroundings)),
    );
  return EXIT_OF[result.status];
};
