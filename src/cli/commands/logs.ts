import { stateDirectory } from '../../config/state-directory.ts';
import { nameWidthOf } from '../../supervisor/log-view/people-line.ts';
import { readIndex } from '../../supervisor/log-view/read-index.ts';
import type { LogSource } from '../../supervisor/log-view/types.ts';
import { viewLogs } from '../../supervisor/log-view/view-logs.ts';
import type { Home } from '../../supervisor/state/home.ts';
import { findHome } from '../../supervisor/state/open-home.ts';
import { EMPTY_STATE, readState } from '../../supervisor/state/state-file.ts';
import { PLAIN_PAINT } from '../../report/look.ts';
import { sanitize } from '../../util/sanitize.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { linePrinter } from '../logs/line-printer.ts';
import { asLocal, localStamp } from '../logs/local-time.ts';
import { logWishes, type LogWishes } from '../logs/log-wishes.ts';
import { chosenSources, newSources, type Choice } from '../logs/watched-sources.ts';
import { lookOf, printAside, printResult } from '../output.ts';
import { systemClock } from '../system-clock.ts';

const aside = (text: string): void => printAside(sanitize(text));

/** Troubles, each told once. */
const troubleTeller = (): { readonly tell: (path: string, why: string) => void; readonly any: () => boolean } => {
  const told = new Set<string>();
  return {
    tell: (path, why) => {
      const text = `cannot read ${path}: ${why}`;
      if (!told.has(text)) aside(text);
      told.add(text);
    },
    any: () => told.size > 0,
  };
};

const view = async (
  home: Home,
  first: readonly LogSource[],
  choice: Choice,
  wishes: LogWishes,
  colors: boolean,
): Promise<number> => {
  const sources = [...first];
  const stamp = wishes.timestamps ? localStamp : null;
  const printer = linePrinter(wishes.form, () => ({ colors, nameWidth: nameWidthOf(sources), stamp }));
  const come = newSources(home, choice, first);
  const troubles = troubleTeller();
  let stopped = false;
  const stop = (): void => void (stopped = true);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    await viewLogs({
      sources: first,
      wanted: wishes.wanted,
      ...printer,
      follow: wishes.follow,
      calendar: { year: new Date(systemClock.now()).getFullYear(), asLocal },
      clock: systemClock,
      indexOf: (path) => readIndex(home, path),
      added: () => {
        const added = come();
        sources.push(...added);
        return added;
      },
      show: (lines) => lines.length === 0 || printResult(printer.print(lines)),
      stopped: () => stopped,
      onTrouble: troubles.tell,
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
  return troubles.any() && !wishes.follow ? EXIT.notLooked : EXIT.ok;
};

/** `logs`: what services print, as it comes. Reads files alone, so that it works without a supervisor. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { cwd, environment } = surroundings;
  const wishes = logWishes(invocation, systemClock.now());
  const home = findHome(stateDirectory(environment));
  const { state, notices } = home === null ? { state: EMPTY_STATE, notices: [] } : readState(home);
  for (const notice of notices) aside(notice);
  const choice: Choice = { words: invocation.positionals, cwd, streams: wishes.streams };
  const chosen = chosenSources(state.services, choice);
  if (home === null || state.services.length === 0) {
    printAside('there are no services\n  try: devdoctor start');
    return EXIT.ok;
  }
  for (const notice of chosen.notices) aside(notice);
  if (chosen.sources.length === 0) return EXIT.ok;
  const { paint } = await lookOf(invocation, surroundings);
  return view(home, chosen.sources, choice, wishes, paint !== PLAIN_PAINT);
};
