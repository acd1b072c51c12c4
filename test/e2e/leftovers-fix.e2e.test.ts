import { describe, expect, test } from 'vitest';
import type { FixJson } from '../helpers/cli-json.ts';
import { ABANDONED_KINDS } from '../helpers/leftovers/abandoned-kinds.ts';
import type { Case } from '../helpers/leftovers/cases.ts';
import { makeAll, possible, type Made } from '../helpers/leftovers/describe-cases.ts';
import { placeTrouble, withPlace, type Observed, type Place, type PlaceRun } from '../helpers/leftovers/place.ts';
import { WANTED_KINDS } from '../helpers/leftovers/wanted-kinds.ts';
import { WITHOUT_PORT } from '../helpers/leftovers/without-port.ts';
import { terminalTrouble } from '../helpers/terminal.ts';

const named = (cases: readonly Case[], ...names: readonly RegExp[]): readonly Case[] =>
  names.map((name) => {
    const found = cases.find((one) => name.test(one.name));
    if (found === undefined) throw new Error(`no case is called ${name}`);
    return found;
  });

/** Leaves no doubt: nobody can speak to it any more, or its project is gone. */
const DECISIVE: readonly Case[] = [
  ...named(WITHOUT_PORT, /^esbuild.*killed/, /^an MCP server of.*killed/, /^a language server whose.*killed/),
  ...named(ABANDONED_KINDS, /^8: project removed$/),
];

/** Offered, and yet a person has to say so. */
const OFFERED: readonly Case[] = named(ABANDONED_KINDS, /^3: npm killed, which led/, /^5: terminal closed/);

const STALE: readonly Case[] = named(ABANDONED_KINDS, /^2: sent/, /^11: inherited/, /^13: superseded by/);

const LIVING: readonly Case[] = [
  ...WANTED_KINDS,
  ...named(WITHOUT_PORT, /^esbuild.*lives/, /^an MCP server of.*lives/, /^a language server whose.*lives/),
];

const read = ({ code, stdout, stderr }: PlaceRun): FixJson => {
  try {
    return JSON.parse(stdout) as FixJson;
  } catch (cause) {
    throw new Error(`exit ${code}, not JSON: ${stdout.slice(0, 400)}\n${stderr.slice(0, 2000)}`, { cause });
  }
};

const livingPids = (processes: readonly Observed[]): ReadonlySet<number> =>
  new Set(processes.filter(({ state }) => state !== 'Z').map(({ pid }) => pid));

/** The cases of which any process has ended; one that ended only in part is told with its pids. */
const endedOf = async (place: Place, made: readonly Made[]): Promise<readonly string[]> => {
  const living = livingPids(await place.processes());
  return made.flatMap(({ one, left }) => {
    const gone = left.tree.filter(({ pid }) => !living.has(pid));
    if (gone.length === 0) return [];
    return [gone.length === left.tree.length ? one.name : `${one.name}: only ${gone.map(({ pid }) => pid).join()}`];
  });
};

const namesOf = (cases: readonly Case[]): readonly string[] => cases.map(({ name }) => name);

describe.skipIf(placeTrouble('sh') !== null).concurrent('fix without arguments', () => {
  test('--yes ends what leaves no doubt, as a whole, and nothing else', () =>
    withPlace('sh', async (place) => {
      const made = await makeAll(place, possible([...DECISIVE, ...OFFERED, ...STALE, ...LIVING]));
      const before = livingPids(await place.processes());
      const told = read(await place.devdoctor(['fix', '--yes', '--json']));
      expect(await endedOf(place, made), JSON.stringify(told.verdicts)).toEqual(namesOf(possible(DECISIVE)));
      const ended = new Set(made.filter(({ one }) => DECISIVE.includes(one)).flatMap(({ left }) => left.tree));
      const after = livingPids(await place.processes());
      expect([...before].filter((pid) => !after.has(pid)).toSorted((a, b) => a - b)).toEqual(
        [...ended].map(({ pid }) => pid).toSorted((a, b) => a - b),
      );
      const resolved = told.verdicts.filter(({ status }) => status === 'resolved');
      expect(resolved).toHaveLength(possible(DECISIVE).length);
    }));

  test('--yes does not end what a person has to decide', () =>
    withPlace('bash', async (place) => {
      const made = await makeAll(place, [...OFFERED, ...STALE]);
      const told = read(await place.devdoctor(['fix', '--yes', '--json']));
      expect(await endedOf(place, made)).toEqual([]);
      expect(told.results.filter(({ status }) => status === 'done')).toEqual([]);
      expect(told.verdicts.filter(({ status }) => status === 'resolved')).toEqual([]);
    }));

  test('--dry-run shows what would be ended, and ends nothing', () =>
    withPlace('sh', async (place) => {
      const made = await makeAll(place, [...DECISIVE, ...OFFERED]);
      const told = read(await place.devdoctor(['fix', '--dry-run', '--json']));
      expect(told.plan.steps).toHaveLength(made.length);
      const { stdout } = await place.devdoctor(['fix', '--dry-run']);
      for (const { left } of made) for (const { pid } of left.roots) expect(stdout).toMatch(new RegExp(`\\b${pid}\\b`));
      expect(await endedOf(place, made)).toEqual([]);
    }));
});

interface Answer {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly keys: string;
  readonly ended: readonly Case[];
}

const [npmKilled] = OFFERED;
const OFFERED_ONE: readonly Case[] = npmKilled === undefined ? [] : [npmKilled];

const ANSWERS: readonly Answer[] = [
  { name: 'y ends what npm left', cases: OFFERED_ONE, keys: 'y', ended: OFFERED_ONE },
  { name: 'n ends nothing', cases: OFFERED_ONE, keys: 'n', ended: [] },
  { name: 'enter ends what is offered', cases: [...OFFERED, ...STALE], keys: '\r', ended: OFFERED },
];

describe.skipIf((placeTrouble('sh') ?? terminalTrouble) !== null).concurrent('fix on a terminal', () => {
  test.for(ANSWERS)('$name', ({ cases, keys, ended }) =>
    withPlace('sh', async (place) => {
      const made = await makeAll(place, cases);
      const run = await place.devdoctor(['fix'], { when: 'Go ahead\\?|Which of these\\?', keys });
      expect(await endedOf(place, made), run.stdout).toEqual(namesOf(ended));
    }),
  );
});
