import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseProcessTable } from '../../../src/platform/choose.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { runNode, runText, SHELLS } from './shim-runs.ts';

const table = await chooseProcessTable(process.env);
const HOLD = 'setInterval(() => {}, 1_000)';

describe.each(SHELLS)('a run under %s', (_, shell) => {
  it('that has begun is not begun a second time', async () => {
    const first = runNode(HOLD, { shell });
    await first.mainPid();
    const before = readFileSync(`${first.base}.pid`, 'utf8');
    const second = runText('echo started', { shell, base: first.base });
    await second.end();
    expect(second.child.exitCode).toBe(126);
    expect(second.out()).toBe('');
    expect(readFileSync(`${first.base}.pid`, 'utf8')).toBe(before);
  });

  it('is begun once when many shims want the same run at once', async () => {
    const base = `${makeTempDir()}/3-1`;
    const runs = Array.from({ length: 8 }, () => runText('echo started; sleep 0.2', { shell, base }));
    await Promise.all(runs.map((run) => run.end()));
    expect(runs.filter((run) => run.out() === 'started\n')).toHaveLength(1);
    expect(runs.filter((run) => run.child.exitCode === 126)).toHaveLength(7);
  });

  it('whose shim is killed goes on, and nobody says how it ended', async () => {
    const run = runNode(`process.on('SIGTERM', () => process.exit(0)); console.log('ready'); ${HOLD}`, { shell });
    await waitFor('the service', () => run.out() === 'ready\n');
    const main = await run.mainPid();
    const born = table.look(main)?.born;
    process.kill(run.child.pid ?? 0, 'SIGKILL');
    expect(await run.end()).toBeNull();
    expect(table.look(main)).toMatchObject({ born, groupId: run.child.pid });
    process.kill(main, 'SIGKILL');
    await waitFor('its end', () => {
      const row = table.look(main);
      return row === null || row.state === 'zombie' || row.born !== born;
    });
  });
});

it('a status that is there has all its digits, whenever it is read', async () => {
  const run = runText('exit 137');
  let seen: string | null = null;
  await waitFor('the status', () => {
    const text =
      statSync(`${run.base}.exit`, { throwIfNoEntry: false }) === undefined
        ? ''
        : readFileSync(`${run.base}.exit`, 'utf8');
    if (text.endsWith('\n')) seen = text;
    return seen !== null;
  });
  expect(seen).toBe('137\n');
  await run.end();
});

it('a service of a folder with a strange name is recorded there', async () => {
  const base = `${makeTempDir()}/it's "a" $HOME\n* ü-1`;
  writeFileSync(`${base}.note`, '');
  const run = runText('exit 3', { base });
  expect(await run.end()).toMatchObject({ code: 3 });
  expect(run.claim().main).not.toBeNull();
});
