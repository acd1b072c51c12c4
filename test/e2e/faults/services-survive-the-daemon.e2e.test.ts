import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ServiceDetail } from '../../../src/model/service.ts';
import { ask, loadOn } from '../../helpers/http-load.ts';
import { allOf, countLines, wholeLog } from '../../helpers/numbered-lines.ts';
import { fixtureApp, signalIfAlive, sleeper, supervised, type App, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const numbered = (count: number, make: (name: string) => App): readonly App[] =>
  Array.from({ length: count }, (_, index) => make(`s${index}`));

const GUARDIAN_DEATHS = 17;

/** What must not change while the supervisor dies and comes back. */
const identities = (services: readonly ServiceDetail[]): readonly unknown[] =>
  services.map(({ id, name, pid, startedAt, restarts, status, createdAt }) => ({
    id,
    name,
    pid,
    startedAt,
    restarts,
    status,
    createdAt,
  }));

const portOf = ({ ports: [port] }: Pick<ServiceDetail, 'ports'>): number => port ?? 0;

/** How many lines a service says it has logged. */
const linesOf = async (service: ServiceDetail): Promise<number> => {
  const { lines } = JSON.parse(await ask(portOf(service))) as { lines: number };
  return lines;
};

/** What the daemon holds open, but for connections of commands that have just ended. */
const openFiles = (pid: number): readonly string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`).replaceAll(/\d+/g, 'N')];
      } catch {
        // Closed meanwhile.
        return [];
      }
    })
    .filter((file) => !file.startsWith('socket:'))
    .toSorted();

describe('services outlive their supervisor', () => {
  test('twenty that log and answer go on while daemon and guardian are killed', async () => {
    const it = supervised();
    const apps = numbered(20, (name) => fixtureApp(name, 'service-http.mjs', { env: { RATE: '500' } }));
    expect(await it.start(apps)).toMatchObject({ code: 0 });
    const before = await it.show();
    const load = loadOn(before.map(portOf));

    await it.killDaemon();
    const second = await it.answering();
    expect(identities(await it.show())).toEqual(identities(before));

    await it.killSupervisor();
    expect((await it.list()).supervisor).toBeNull();
    expect(identities(await it.show())).toEqual(identities(before));
    const answered = load.answered();
    await waitFor('answers without a supervisor', () => load.answered() > answered + 100);

    expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
    expect(await it.answering()).not.toBe(second);
    const after = await it.show();
    expect(identities(after)).toEqual(identities(before));
    expect(await load.stop()).toEqual([]);
    const told = await Promise.all(after.map(linesOf));
    expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
    for (const [index, { logs }] of after.entries()) {
      const text = wholeLog(logs.out ?? '');
      const lines = text.split('\n').length - 1;
      expect(countLines(text, lines, /^line (\d+)$/)).toEqual(allOf(lines));
      expect(lines).toBeGreaterThanOrEqual(told[index] ?? Number.NaN);
    }
  });

  test('fifty deaths in a row restart nothing and leak nothing', async () => {
    const it = supervised();
    expect(await it.start(numbered(5, sleeper))).toMatchObject({ code: 0 });
    const before = await it.show();
    const files = openFiles(await it.answering());
    const killed = new Set<number>();
    while (killed.size < 50) {
      const daemon = await waitFor('the next daemon', () => it.daemons().find((pid) => !killed.has(pid)) ?? null);
      killed.add(daemon);
      if (killed.size % GUARDIAN_DEATHS === 0) {
        // A guardian whose daemons die so often takes its time; the next command starts a new one.
        await it.killSupervisor();
        expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
      } else {
        await delay(Math.random() * 150);
        signalIfAlive(daemon, 'SIGKILL');
      }
    }
    const last = await it.answering();
    expect(killed).not.toContain(last);
    expect(identities(await it.show())).toEqual(identities(before));
    expect(it.marked()).toHaveLength(10);
    await waitFor('what the first held open', () => openFiles(last).join() === files.join());
  });

  test('a hundred services are known again', async () => {
    const it = supervised();
    expect(await it.start(numbered(100, sleeper))).toMatchObject({ code: 0 });
    const before = await it.show();
    expect(new Set(before.map(({ pid }) => pid)).size).toBe(100);
    await it.killDaemon();
    await it.answering();
    expect(identities(await it.show())).toEqual(identities(before));
    expect(it.marked()).toHaveLength(200);
    expect(await it.run(['kill'])).toMatchObject({ code: 0 });
    expect(it.marked()).toEqual([]);
  });
});

describe('what ends while nobody watches', () => {
  const down = async (it: Supervised, name: string): Promise<void> => {
    const [service] = await it.show(name);
    await ask(portOf(service ?? { ports: [] }), '/exit/7');
    await waitFor('its end', async () => (await it.row(name)).pid === null);
  };

  test('is told with its exit code, and restarted once', async () => {
    const it = supervised();
    const apps = [
      fixtureApp('again', 'service-http.mjs'),
      fixtureApp('once', 'service-http.mjs', { autorestart: false }),
      sleeper('other'),
    ];
    expect(await it.start(apps)).toMatchObject({ code: 0 });
    await it.killSupervisor();
    for (const name of ['again', 'once']) {
      await down(it, name);
      expect(await it.row(name)).toMatchObject({ status: 'stopped', restarts: 0, lastExit: { code: 7, signal: null } });
    }

    expect(await it.run(['restart', 'other'])).toMatchObject({ code: 0 });
    await waitFor('its restart', async () => (await it.row('again')).status === 'online');
    expect(await it.row('again')).toMatchObject({ restarts: 1, lastExit: { code: 7, signal: null } });
    expect(await it.row('once')).toMatchObject({ status: 'stopped', restarts: 0, pid: null, lastExit: { code: 7 } });
    expect(it.marked(0)).toHaveLength(2);
    expect(it.marked(1)).toEqual([]);
  });
});
