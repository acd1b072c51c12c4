import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask } from '../../helpers/http-load.ts';
import { cliPath } from '../../helpers/paths.ts';
import { processesIn } from '../../helpers/processes.ts';
import { runShell } from '../../helpers/run-cli.ts';
import { fixtureApp, isAlive, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { openTerminal, terminalTrouble, type Terminal } from '../../helpers/terminal.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const CTRL_C = '\u0003';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

const terminalOf = (it: Supervised): Terminal =>
  openTerminal(it.folder, { DEVDOCTOR_HOME: it.home.folder, NODE: process.execPath, CLI: cliPath() });

const writeFile = (it: Supervised, more: Readonly<Record<string, unknown>> = {}): void =>
  writeFileSync(it.file, JSON.stringify({ apps: [fixtureApp('api', 'service-http.mjs', more)] }));

/** The daemon and the service are those that were there, and both answer. */
const goesOn = async (it: Supervised, daemon: number, pid: number | null): Promise<void> => {
  const { supervisor } = await it.list();
  const row = await it.row('api');
  expect(supervisor?.pid).toBe(daemon);
  expect(row).toMatchObject({ pid, restarts: 0, status: 'online' });
  expect(JSON.parse(await ask(row.ports[0] ?? 0))).toMatchObject({ pid });
  expect(it.guardians()).toHaveLength(1);
};

describe.skipIf(terminalTrouble !== null)('what was started in a terminal', () => {
  test('goes on when the terminal is closed', async () => {
    const it = supervised();
    writeFile(it);
    const terminal = terminalOf(it);
    terminal.type('"$NODE" "$CLI" start "$PWD/ecosystem.config.json"');
    const daemon = await it.answering();
    await waitFor('the service', async () => (await it.list()).services[0]?.status === 'online');
    const { pid } = await it.row('api');
    const shells = processesIn(it.folder).filter(({ argv }) => argv === 'sh -i');
    expect(shells).toHaveLength(1);
    await terminal.close();
    await waitFor('the end of the shell', () => shells.every((shell) => !isAlive(shell.pid)));
    await goesOn(it, daemon, pid);
  });

  test('goes on when Ctrl-C interrupts the command that starts it', async () => {
    const it = supervised();
    // Long after it began to listen it is still being waited for.
    writeFile(it, { wait_ready: true, listen_timeout: 60_000 });
    const terminal = terminalOf(it);
    terminal.type('"$NODE" "$CLI" start "$PWD/ecosystem.config.json"; echo ended >"$PWD/ended"');
    const daemon = await it.answering();
    await waitFor('the service', async () => ((await it.list()).services[0]?.pid ?? null) !== null);
    const { pid } = await it.row('api');
    terminal.type(CTRL_C);
    await waitFor('the end of the command', () =>
      processesIn(it.folder).every(({ argv }) => !argv.includes(cliPath())),
    );
    expect((await it.list()).supervisor?.pid).toBe(daemon);
    expect(await it.row('api')).toMatchObject({ pid, restarts: 0, status: 'launching' });
    expect(it.guardians()).toHaveLength(1);
  });
});

describe('a shell without input and output', () => {
  test.each(['<&-', '<&- >&- 2>&-'])('starts what goes on: %s', async (closed) => {
    const it = supervised();
    writeFile(it, { env: { RATE: '50' } });
    const line = `"$NODE" "$CLI" start "$PWD/ecosystem.config.json" ${closed}`;
    expect(await runShell(line, { cwd: it.folder, home: it.home.folder })).toMatchObject({ code: 0 });
    const daemon = await it.answering();
    const { pid } = await it.row('api');
    await goesOn(it, daemon, pid);
  });
});
