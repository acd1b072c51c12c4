import { describe, expect, it } from 'vitest';
import { takeCensus } from '../../../../src/supervisor/daemon/tree/census.ts';
import { findMembers, membersIn, type Family } from '../../../../src/supervisor/daemon/tree/find-members.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { birthOf, isAlive, SLEEPER, startRun, TABLE } from './a-run.ts';

const NOBODY: Family = { shim: null, main: null, mark: 'DEVDOCTOR_SERVICE=nobody.0', known: [] };

const pidsOf = (family: Family): readonly number[] =>
  findMembers(TABLE, family)
    .map(({ pid }) => pid)
    .toSorted((a, b) => a - b);

const sorted = (...pids: readonly number[]): readonly number[] => pids.toSorted((a, b) => a - b);

/** Without the mark of the service. */
const nameless = (script: string): string => `env -u DEVDOCTOR_SERVICE ${script}`;

describe.runIf(process.platform === 'linux')('findMembers', () => {
  it('finds the main process and its descendants, the shim left out', async () => {
    const run = await startRun(`${SLEEPER} & ${SLEEPER} & wait`);
    const pids = await run.pids(2);
    expect(pidsOf({ ...NOBODY, main: run.family.main })).toEqual(sorted(run.main, ...pids));
    expect(pidsOf(run.family)).toEqual(sorted(run.main, ...pids));
  });

  it('finds by a living shim what left the main process but not the session', async () => {
    const run = await startRun(`${nameless(`sh -c '${SLEEPER.replaceAll("'", `'\\''`)} &' "$0"`)}; sleep 300 & wait`);
    const [orphan = 0] = await run.pids(1);
    await waitFor('the orphan to lose its parent', () => TABLE.look(orphan)?.parentPid !== run.main);
    expect(pidsOf({ ...NOBODY, shim: run.family.shim })).toContain(orphan);
    expect(pidsOf({ ...NOBODY, main: run.family.main })).not.toContain(orphan);
  });

  it('takes the group of a dead shim for nothing', async () => {
    const run = await startRun(`${nameless(SLEEPER)} & wait`);
    const [pid = 0] = await run.pids(1);
    for (const one of [run.main, run.shim]) process.kill(one, 'SIGKILL');
    await waitFor('both to end', () => ![run.main, run.shim].some(isAlive));
    expect(TABLE.look(pid)?.groupId).toBe(run.shim);
    expect(pidsOf(run.family)).toEqual([]);
    expect(pidsOf({ ...run.family, known: [birthOf(pid)] })).toEqual([pid]);
  });

  it('takes it for a proof in the instant in which the shim ended', async () => {
    const run = await startRun(`${nameless(SLEEPER)} & wait`);
    const [pid = 0] = await run.pids(1);
    for (const one of [run.main, run.shim]) process.kill(one, 'SIGKILL');
    await waitFor('both to end', () => ![run.main, run.shim].some(isAlive));
    expect(pidsOf({ ...run.family, hasJustEnded: true })).toEqual([pid]);
  });

  it('takes nothing for a proof when the number of the shim is already that of another process', async () => {
    const stranger = await startRun(`${nameless(SLEEPER)} & wait`);
    await stranger.pids(1);
    const shim = { ...birthOf(stranger.shim), born: birthOf(stranger.shim).born - 1 };
    expect(pidsOf({ ...NOBODY, shim, hasJustEnded: true })).toEqual([]);
  });

  it('takes nobody for known who was born at another time', async () => {
    const run = await startRun(`exec ${SLEEPER}`);
    const [pid = 0] = await run.pids(1);
    const known = birthOf(pid);
    expect(pidsOf({ ...NOBODY, known: [known] })).toEqual([pid]);
    expect(pidsOf({ ...NOBODY, known: [{ ...known, born: known.born - 1 }] })).toEqual([]);
    expect(pidsOf({ ...NOBODY, known: [{ ...known, boot: 'another' }] })).toEqual([]);
  });

  it('goes by the whole mark', async () => {
    const run = await startRun(`exec ${SLEEPER}`);
    await run.pids(1);
    expect(pidsOf({ ...NOBODY, mark: run.family.mark })).toEqual(sorted(run.shim, run.main));
    expect(pidsOf({ ...NOBODY, mark: run.family.mark.slice(0, -1) })).not.toContain(run.main);
  });

  it('never finds the daemon nor its ancestors, though they carry the mark', async () => {
    const run = await startRun(`${SLEEPER} & wait`);
    const [daemon = 0] = await run.pids(1);
    const census = takeCensus(TABLE, { self: daemon });
    expect(membersIn(census, { ...run.family, known: [birthOf(daemon), birthOf(run.main)] })).toEqual([]);
  });
});
