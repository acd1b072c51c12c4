import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type {
  CheckResult,
  FixResult,
  HistoryResult,
  InitResult,
  UndoResult,
  WhyResult,
} from '../../src/model/results.ts';
import { isPortFinding, type PortOccupiedData } from '../../src/model/finding.ts';
import { COMMANDS } from '../../src/cli/command-table/index.ts';
import { folderWith } from '../config/write-files.ts';
import { freePort } from '../helpers/free-port.ts';
import { ROOT } from '../helpers/paths.ts';
import { runCli, runShell, type RunOptions } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { expectResult, runJson } from './support/run-json.ts';
import { SCHEMAS } from './support/schemas.ts';
import { connectFrom, endLater, leaveTimeWait, listenHere, startListener, startPair } from './support/situations.ts';

const check = (port: number, code: number, options?: RunOptions): Promise<CheckResult> =>
  runJson<CheckResult>(['check', '--port', String(port)], code, options);

const dataOf = ({ findings }: CheckResult): PortOccupiedData | undefined => findings.find(isPortFinding)?.data;

const stateOf = (result: CheckResult): string | undefined => dataOf(result)?.state;

describe('check --json', () => {
  test('a free port', async () => {
    expect((await check(await freePort(), 0)).findings).toEqual([]);
  });

  test('no port named: the defaults, looked at and not touched', async () => {
    const run = await runCli(['check', '--json']);
    expect(expectResult<CheckResult>('check', run).ports).toHaveLength(2);
  });

  test('a listener', async () => {
    expect(stateOf(await check((await startListener()).port, 1))).toBe('listening');
  });

  test('two listeners, one for each family', async () => {
    expect(dataOf(await check(await startPair(), 1))?.holders).toHaveLength(2);
  });

  test('a client whose local port it is', async () => {
    expect(stateOf(await check(await connectFrom(), 1))).toBe('connected');
  });

  test('a connection that was just closed', async () => {
    expect(stateOf(await check(await leaveTimeWait(), 1))).toBe('time-wait');
  });

  test('too few files may be open: told as not looked at, wherever Node itself still starts', async () => {
    const { port } = await startListener();
    for (const limit of [18, 19, 20, 21]) {
      const run = await runShell(`ulimit -n ${limit}; exec "$NODE" "$CLI" check --port ${port} --json`);
      if (run.stdout === '') continue;
      const { status, because } = expectResult<CheckResult>('check', run).outcomes[0] ?? {};
      expect([run.code, status, typeof because]).toEqual(
        status === 'skipped' ? [3, 'skipped', 'string'] : [1, 'found', 'undefined'],
      );
    }
  });

  test('the portable reader', async () => {
    const { port } = await startListener();
    const { platform } = await check(port, 1, { env: { DEVDOCTOR_PROBE: 'portable' } });
    expect(platform).toBe('portable');
  });
});

describe('fix, history and undo --json', () => {
  const fix = (port: number, flags: readonly string[], code: number, home?: string): Promise<FixResult> =>
    runJson<FixResult>(['fix', '--port', String(port), ...flags], code, home === undefined ? {} : { home });

  test('nothing to fix', async () => {
    expect((await fix(await freePort(), ['--yes'], 0)).plan.steps).toEqual([]);
  });

  test('a plan that is only printed', async () => {
    const { port, program } = await startListener();
    const { plan, results, verdicts } = await fix(port, ['--dry-run'], 0);
    expect({ steps: plan.steps.length, results, verdicts }).toEqual({ steps: 1, results: [], verdicts: [] });
    expect(program.isAlive()).toBe(true);
  });

  test('no consent', async () => {
    const { port, program } = await startListener();
    expect((await fix(port, [], 5)).results[0]?.status).toBe('declined');
    expect(program.isAlive()).toBe(true);
  });

  test('refused: the command runs inside the holder', async () => {
    const { plan, results } = await fix(await listenHere(), ['--yes'], 5);
    expect([plan.steps[0]?.consent, results[0]?.status]).toEqual(['refuse', 'withheld']);
  });

  test('left to the person: a client is not ended', async () => {
    const { plan, verdicts } = await fix(await connectFrom(), ['--yes'], 5);
    expect([plan.leftToYou[0]?.kind, verdicts[0]?.status]).toEqual(['manual', 'persists']);
  });

  test('a server is ended, told in the history, started again, and told once more', async () => {
    const home = makeTempDir();
    const { port, program } = await startListener();
    expect((await runJson<HistoryResult>(['history'], 0, { home })).entries).toEqual([]);

    const { results, verdicts } = await fix(port, ['--yes'], 0, home);
    expect([results[0]?.status, verdicts[0]?.status]).toEqual(['done', 'resolved']);
    expect(program.isAlive()).toBe(false);
    const [entry] = (await runJson<HistoryResult>(['history'], 0, { home })).entries;
    expect(entry).toMatchObject({ ports: [port], undoneAt: null });

    const undone = await runJson<UndoResult>(['undo'], 0, { home });
    expect(undone).toMatchObject({ status: 'started', ports: [port], id: entry?.id });
    if (undone.pid !== null) endLater(undone.pid);
    const [after] = (await runJson<HistoryResult>(['history'], 0, { home })).entries;
    expect(after?.undoneAt).toEqual(expect.any(String));

    const again = await runJson<UndoResult>(['undo', entry?.id ?? ''], 5, { home });
    expect(again).toMatchObject({ status: 'refused', pid: null });
  });
});

describe('init --json', () => {
  const init = (folder: string, flags: readonly string[], code: number): Promise<InitResult> =>
    runJson<InitResult>(['init', ...flags], code, { cwd: folder });

  test('planned, declined, written and unchanged', async () => {
    const folder = folderWith({ 'package.json': { scripts: { dev: 'vite', start: 'x', prestart: 'y' } } });
    expect((await init(folder, ['--dry-run'], 0)).status).toBe('planned');
    expect((await init(folder, [], 5)).status).toBe('declined');
    const written = await init(folder, ['--yes'], 0);
    expect(written.status).toBe('written');
    expect(written.hooks.map(({ status }) => status)).toEqual(['added', 'extended']);
    expect(await init(folder, ['--yes'], 0)).toMatchObject({ status: 'unchanged', diff: [] });
  });
});

describe('why, ports, checks and explain --json', () => {
  const why = (target: string, code = 0): Promise<WhyResult> => runJson<WhyResult>(['why', target], code);

  test('why: a port, and the same with a colon', async () => {
    const { port, program } = await startListener();
    for (const target of [String(port), `:${port}`]) {
      expect(await why(target)).toMatchObject({ target: { kind: 'port' }, processes: [{ pid: program.pid }] });
    }
  });

  test('why: a free port', async () => {
    expect((await why(`:${await freePort()}`)).finding).toBeNull();
  });

  test('why: a port with a client, and a UDP socket of the same number', async () => {
    const { port } = await startListener();
    await startProgram('connect.mjs', '127.0.0.1', port);
    const udp = await startProgram('hold-udp.mjs', port);
    const told = await why(String(port));
    expect(told.connectedFrom).toHaveLength(1);
    expect(told.udp).toEqual([{ address: '127.0.0.1', pids: [udp.pid] }]);
  });

  test('why: a process by its number and by its name', async () => {
    const { pid } = await startProgram('wait.mjs');
    expect(await why(String(process.pid))).toMatchObject({ processes: [{ pid: process.pid }] });
    const named = await why('wait');
    expect(named.target.kind).toBe('name');
    expect(named.processes.map((told) => told.pid)).toContain(pid);
  });

  test('ports, and all of them', async () => {
    const { port } = await startListener();
    await startProgram('hold-udp.mjs', port);
    const { rows } = await runJson<{ command: string; rows: { port: number; protocol: string }[] }>(['ports'], 0);
    expect(rows.filter((row) => row.port === port).map(({ protocol }) => protocol)).toEqual(['tcp']);
    const all = await runJson<{ command: string; rows: { port: number; protocol: string }[] }>(['ports', '--all'], 0);
    expect(all.rows.filter((row) => row.port === port).map(({ protocol }) => protocol)).toEqual(['tcp', 'udp']);
  });

  test('checks, and the page of each', async () => {
    const { checks } = await runJson<{ command: string; checks: { id: string }[] }>(['checks'], 0);
    expect(checks.length).toBeGreaterThan(0);
    for (const { id } of checks) await runJson(['explain', id], 0);
  });
});

/** A script, a stream of objects that ends with the person, and a screen. */
const WITHOUT_RESULT = new Set(['completion', 'logs', 'monit']);

/** Parts that results share. */
const SHARED = ['common', 'services'];

test('every command that takes --json and prints a result has a schema, and no other schema lies there', () => {
  const printing = COMMANDS.map(({ name }) => name).filter((name) => !WITHOUT_RESULT.has(name));
  expect([...SCHEMAS.keys()].toSorted()).toEqual([...printing, ...SHARED].toSorted());
  expect(readdirSync(join(ROOT, 'schemas')).every((file) => file.endsWith('.json'))).toBe(true);
});
