import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/cli/monit/stage.ts';
import { DevdoctorError } from '../../../src/model/error.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { aDetail, aRow } from './a-service.ts';
import { fakeSupervisor } from './fake-supervisor.ts';
import { FAST, playSession } from './play-session.ts';

const away = (): never => {
  throw new DevdoctorError('environment', 'it went away');
};

describe('a session', () => {
  test('shows what the supervisor tells, and ends with the terminal in order', async () => {
    const samples = { '0': [{ at: Date.now(), memoryBytes: 1024 * 1024, cpuPercent: 50 }] };
    const { events, shows, isClosed, ended } = playSession({ rows: () => [aRow()], samples: () => samples });
    await shows('api');
    await shows('█');
    expect(isClosed()).toBe(false);
    events.key('q');
    await ended;
    expect(isClosed()).toBe(true);
  });

  test('ends when the terminal goes', async () => {
    const { events, isClosed, ended } = playSession({ rows: () => [] });
    events.gone();
    await ended;
    expect(isClosed()).toBe(true);
  });

  test('follows the log of the chosen service, and of another one from its start', async () => {
    const folder = makeTempDir();
    const rows = [aRow(), aRow({ id: 1, name: 'web' })];
    const details = rows.map((row) => {
      const out = join(folder, `${row.id}.log`);
      writeFileSync(out, `history of ${row.name}\n`);
      return aDetail(row, { logs: { ...aDetail(row).logs, out } });
    });
    const { events, shows, ended } = playSession({ rows: () => rows, details: () => details });
    await shows('history of api');
    appendFileSync(join(folder, '0.log'), 'more of api\n');
    await shows('more of api');
    events.key('j');
    expect(await shows('history of web')).not.toContain('of api\n');
    // There and back before anybody looked: the history must be there again.
    events.key('k');
    events.key('j');
    events.key('k');
    await shows('more of api');
    expect(await shows('history of api')).not.toContain('history of web');
    events.key('q');
    await ended;
  });

  test('tells errors from other lines, and why there are none', async () => {
    const folder = makeTempDir();
    const row = aRow();
    const [out, error] = [join(folder, 'out.log'), join(folder, 'error.log')];
    const detail = aDetail(row, { logs: { ...aDetail(row).logs, out, error } });
    const { events, shows, ended } = playSession({ rows: () => [row], details: () => [detail] });
    await shows('no output yet');
    writeFileSync(error, 'boom\n');
    await shows('err boom');
    events.key('q');
    await ended;
    const silent = playSession({ rows: () => [row], details: () => [aDetail(row)] });
    await silent.shows('its output is thrown away');
    silent.events.key('q');
    await silent.ended;
    const broken = playSession({
      rows: () => [row],
      details: () => [{ ...detail, logs: { ...detail.logs, out: folder } }],
    });
    await broken.shows('boom');
    broken.events.key('q');
    await broken.ended;
  });

  test('moves to other files when the configuration names others', async () => {
    const folder = makeTempDir();
    const row = aRow();
    for (const name of ['one', 'two']) writeFileSync(join(folder, name), `this is ${name}\n`);
    const detailIn = (name: string) => aDetail(row, { logs: { ...aDetail(row).logs, out: join(folder, name) } });
    let [detail, restarts] = [detailIn('one'), 0];
    const { events, shows, ended } = playSession({ rows: () => [{ ...row, restarts }], details: () => [detail] });
    await shows('this is one');
    [detail, restarts] = [detailIn('two'), 1];
    await shows('this is two');
    events.key('q');
    await ended;
  });

  test('says at its start what is to be said', async () => {
    const { events, shows, ended } = playSession({ rows: () => [] }, { notices: ['another version runs'] });
    await shows('another version runs');
    events.key('tab');
    await shows('q quit');
    events.key('q');
    await ended;
  });

  test('ends with the terminal in order when a log cannot be viewed', async () => {
    const broken = () => Promise.reject(new Error('a disk on fire'));
    const { isClosed, ended } = playSession(
      { rows: () => [aRow()], details: () => [aDetail(aRow())] },
      { viewOutput: broken },
    );
    await expect(ended).rejects.toThrow('a disk on fire');
    expect(isClosed()).toBe(true);
  });

  test('acts, and says how that came out', async () => {
    const acted: string[] = [];
    const failed = { outcome: 'failed', detail: 'exit code 1', hint: 'devdoctor logs api' } as const;
    const { events, shows, ended } = playSession({
      rows: () => [aRow()],
      acted: (words) => acted.push(words),
      outcome: failed,
    });
    await shows('api');
    events.key('r');
    await shows('api: exit code 1 · try: devdoctor logs api');
    expect(acted).toEqual(['restart 0']);
    events.key('q');
    await ended;
  });

  test('tries again while the supervisor is away, and closes what it gave up', async () => {
    let isAway = false;
    const rows = () => (isAway ? away() : [aRow()]);
    const first = fakeSupervisor({ rows });
    const second = fakeSupervisor({ rows: () => [aRow({ name: 'back again' })] });
    const answers = [() => null, () => away(), () => second.supervisor];
    const connect: Session['connect'] = () => Promise.resolve().then(() => (answers.shift() ?? (() => null))());
    const { events, shows, ended } = playSession({ rows }, { first: first.supervisor, connect });
    await shows('api');
    isAway = true;
    await shows('back again');
    expect(first.isClosed()).toBe(true);
    expect(answers).toEqual([]);
    events.key('q');
    await ended;
    expect(second.isClosed()).toBe(true);
  });

  test('says so while a supervisor does not answer, and can be left', async () => {
    const silent = { ...fakeSupervisor({ rows: () => [] }).supervisor, request: () => new Promise<never>(() => {}) };
    const pace = { ...FAST, answerMs: 10 };
    const { events, shows, ended } = playSession({ rows: () => [] }, { first: silent, pace });
    await shows('supervisor not reachable, trying again');
    events.key('ctrl-c');
    await ended;
  });

  test('closes the terminal before a fault is told', async () => {
    const rows = [{ ...aRow(), name: undefined as unknown as string }];
    const { isClosed, ended } = playSession({ rows: () => rows });
    await expect(ended).rejects.toThrow(TypeError);
    expect(isClosed()).toBe(true);
  });
});
