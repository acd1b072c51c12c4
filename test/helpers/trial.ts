import { describe, expect, test } from 'vitest';
import type { CheckJson, FixJson } from './cli-json.ts';
import {
  inNamespace,
  type KernelSocket,
  namespaceTrouble,
  type ScenarioCommand,
  type ScenarioResult,
  type ScenarioStep,
} from './in-namespace.ts';

/** The port every trial asks about: each has a network of its own. */
export const PORT = 3000;

/** Some of the processes that one program of a trial named when it was ready. */
export interface Selected {
  readonly program: string;
  readonly part: 'itself' | 'children' | 'all';
}

/** The program's own process. */
export const itself = (program: string): Selected => ({ program, part: 'itself' });

/** The children the program named. */
export const childrenOf = (program: string): Selected => ({ program, part: 'children' });

/** The program's process and the children it named. */
export const treeOf = (program: string): Selected => ({ program, part: 'all' });

/** One situation, and what `check` must say and `fix` must do about it. */
export interface Trial {
  readonly name: string;
  readonly steps: readonly ScenarioStep[];
  /** What must be so before the command runs, or the trial would prove nothing. */
  readonly given?: (result: ScenarioResult) => void;
  readonly how?: Omit<ScenarioCommand, 'args'>;
  readonly check: {
    readonly exit: number;
    /** `null` where nothing may be found. */
    readonly state: string | null;
    readonly holders: readonly Selected[];
  };
  readonly fix: {
    readonly exit: number;
    readonly ended: readonly Selected[];
    /** The verdict where exit 4 is expected; `persists` unless said. */
    readonly unresolved?: 'persists' | 'unverified';
    /** More arguments for `fix`. */
    readonly more?: readonly string[];
    /** What else must hold after the fix. */
    readonly also?: (result: ScenarioResult, told: FixJson) => void;
  };
  /** Why this trial cannot be held here; `null` or absent when it can. */
  readonly trouble?: string | null;
}

const byNumber = (a: number, b: number): number => a - b;

const pidsOf = (result: ScenarioResult, selection: readonly Selected[]): readonly number[] =>
  selection
    .flatMap(({ program, part }) => {
      const ready = result.programs[program]?.first;
      if (ready === undefined) throw new Error(`no program ${program} in this trial`);
      if (part === 'itself') return [ready.pid];
      return part === 'children' ? ready.others : [ready.pid, ...ready.others];
    })
    .toSorted(byNumber);

const endedIn = ({ before, after }: ScenarioResult): readonly number[] => {
  const living = new Set(after.map(({ pid }) => pid));
  return before.map(({ pid }) => pid).filter((pid) => !living.has(pid));
};

const read = <T>({ run }: ScenarioResult): T => {
  try {
    return JSON.parse(run.stdout) as T;
  } catch (cause) {
    throw new Error(`exit ${run.code}, not JSON: ${run.stdout.slice(0, 400)}\n${run.stderr.slice(0, 2000)}`, { cause });
  }
};

const expectAlive = (result: ScenarioResult, selection: readonly Selected[]): void => {
  expect(result.before.map(({ pid }) => pid)).toEqual(expect.arrayContaining([...pidsOf(result, selection)]));
};

const expectCheck = (result: ScenarioResult, { given, check: { exit, state, holders } }: Trial): void => {
  given?.(result);
  expectAlive(result, holders);
  const told = read<CheckJson>(result);
  const found = told.findings.filter(({ check }) => check === 'port-occupied');
  expect([...new Set(found.map(({ data }) => data.state))]).toEqual(state === null ? [] : [state]);
  expect(found.map(({ data }) => data.port)).toEqual(found.map(() => PORT));
  const named = found.flatMap(({ data }) => data.holders.map(({ pid }) => pid)).toSorted(byNumber);
  expect(named).toEqual(pidsOf(result, holders));
  const outcome = told.outcomes.find(({ check }) => check === 'port-occupied');
  expect(outcome?.status).toBe(state === null ? 'clear' : 'found');
  expect(result.run.code).toBe(exit);
  expect(endedIn(result)).toEqual([]);
};

const expectVerdicts = (told: FixJson, { exit, unresolved = 'persists' }: Trial['fix'], found: boolean): void => {
  const verdicts = told.verdicts.map(({ status }) => status);
  const results = told.results.map(({ status }) => status);
  if (!found) {
    expect({ steps: told.plan.steps, verdicts, results }).toEqual({ steps: [], verdicts: [], results: [] });
  } else if (exit === 0) {
    expect(new Set(verdicts)).toEqual(new Set(['resolved']));
    expect(new Set(results)).toEqual(new Set(['done']));
  } else if (exit === 4) {
    expect(verdicts).toContain(unresolved);
  } else {
    expect(verdicts).not.toContain('resolved');
    expect(results).not.toContain('done');
  }
};

const expectFix = (result: ScenarioResult, { given, check, fix }: Trial): void => {
  given?.(result);
  expectAlive(result, [...check.holders, ...fix.ended]);
  const told = read<FixJson>(result);
  expect(endedIn(result)).toEqual(pidsOf(result, fix.ended));
  const said = JSON.stringify([told.results, told.verdicts]);
  expect(result.run.code, said).toBe(fix.exit);
  expectVerdicts(told, fix, check.state !== null);
  if (fix.exit === 0 && check.state !== null) expect(result.bindable).toBe(true);
  fix.also?.(result, told);
};

const tryOne = (trial: Trial): void => {
  const how = trial.how ?? {};
  test.skipIf(Boolean(trial.trouble))(`${trial.name}: check names exactly the holders`, async () => {
    const args = ['check', '--port', String(PORT), '--json'];
    expectCheck(await inNamespace(PORT, trial.steps, { ...how, args }), trial);
  });
  test.skipIf(Boolean(trial.trouble))(`${trial.name}: fix ends exactly the right processes`, async () => {
    const args = ['fix', '--port', String(PORT), '--yes', '--json', ...(trial.fix.more ?? [])];
    expectFix(await inNamespace(PORT, trial.steps, { ...how, args }), trial);
  });
};

/** A precondition: the kernel holds a socket of this kind. */
export const hasSocket =
  (socket: Partial<KernelSocket>): NonNullable<Trial['given']> =>
  ({ sockets }) =>
    expect(sockets).toContainEqual(expect.objectContaining(socket));

/** The kernel's numbers for the states of a TCP socket. */
export const ESTABLISHED = 1;
export const TIME_WAIT = 6;

/** Holds each trial twice, each time in a fresh pid and network namespace: once to look, once to mend. */
export const describeTrials = (group: string, trials: readonly Trial[]): void => {
  const skipped = new Set(trials.map(({ trouble }) => namespaceTrouble ?? trouble).filter(Boolean));
  for (const why of skipped) console.warn(`skipped in "${group}": ${why}`);
  describe.skipIf(namespaceTrouble !== null)(group, () => {
    for (const trial of trials) tryOne(trial);
  });
};
