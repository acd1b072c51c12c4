import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { allOf, countLines, countLog, logParts, wholeLog } from '../../helpers/numbered-lines.ts';
import { fixtureApp, supervised, type App, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const CAP = 10_000_000;
const THAI = 'บันทึกสำคัญ';
const LAST_WORDS = 20_000;

const logOf = (it: Supervised, name: string): string => join(it.folder, 'logs', `${name}.log`);

const textOf = (path: string): string => readFileSync(path, 'utf8');
const linesOf = (path: string): readonly string[] => textOf(path).split('\n').slice(0, -1);

const logged = (it: Supervised, name: string, program: string, more: Readonly<Record<string, unknown>>): App =>
  fixtureApp(name, program, { out_file: logOf(it, name), autorestart: false, ...more });

const hasEnded = async (it: Supervised, name: string): Promise<boolean> => (await it.row(name)).status === 'stopped';

describe('lines of a service that writes fifty megabytes each second', () => {
  const COUNT = 900_000;
  const ROUNDS = 4;

  const longestPart = async (it: Supervised, name: string): Promise<number> => {
    const app = logged(it, name, 'log-lines.mjs', {
      env: { COUNT, BATCH: 1_000, PAUSE: 1 },
      log_rotate: { max_size: CAP, retain: 1000, compress: false },
    });
    await it.start([app]);
    await waitFor('its end', () => hasEnded(it, name));
    expect(countLog(logOf(it, name), COUNT)).toEqual(allOf(COUNT));
    const sizes = logParts(logOf(it, name)).map((part) => statSync(part).size);
    expect(sizes.length).toBeGreaterThan(5);
    return Math.max(...sizes);
  };

  test('are all there, whole, in files of the size that was asked for', async () => {
    const it = supervised();
    const longest: number[] = [];
    // Other programs may keep the supervisor from the processor for a moment, and then a file becomes longer.
    while (longest.length < ROUNDS && Math.min(...longest) > CAP * 1.2) {
      longest.push(await longestPart(it, `fast${longest.length}`));
    }
    expect(Math.min(...longest)).toBeLessThanOrEqual(CAP * 1.2);
  });
});

describe('the last words of a service that ends at once', () => {
  const line = new RegExp(`^line (\\d+) ${THAI} end$`);
  const speaker = (it: Supervised, name: string, more: Readonly<Record<string, unknown>>): App =>
    logged(it, name, 'service-says.mjs', {
      env: { COUNT: LAST_WORDS, BATCH: LAST_WORDS, TEXT: THAI, EXIT: 1 },
      ...more,
    });

  test('are all there, however they are written down', async () => {
    const it = supervised();
    const apps = [
      speaker(it, 'plain', {}),
      speaker(it, 'dated', { log_date_format: 'HH:mm' }),
      speaker(it, 'json', { log_type: 'json' }),
      speaker(it, 'console', { env: { COUNT: LAST_WORDS, BATCH: LAST_WORDS, TEXT: THAI, EXIT: 1, HOW: 'console' } }),
    ];
    await it.start(apps);
    await waitFor('the end of all', async () =>
      (await it.list()).services.every(({ status, lastExit }) => status === 'stopped' && lastExit?.code === 1),
    );
    for (const name of ['plain', 'console'])
      expect(countLog(logOf(it, name), LAST_WORDS, line)).toEqual(allOf(LAST_WORDS));
    const dated = new RegExp(`^\\d\\d:\\d\\d: line (\\d+) ${THAI} end$`);
    expect(countLog(logOf(it, 'dated'), LAST_WORDS, dated)).toEqual(allOf(LAST_WORDS));
    const objects = linesOf(logOf(it, 'json')).map((text) => JSON.parse(text) as Record<string, unknown>);
    const messages = objects.map(({ message }) => String(message).replace(/\n?$/, '\n')).join('');
    expect(countLines(messages, LAST_WORDS, line)).toEqual(allOf(LAST_WORDS));
    expect(objects[0]).toMatchObject({ app_name: 'json', type: 'out' });
  });
});

describe('lines that are being passed on', () => {
  test('are neither lost nor doubled when the supervisor is killed again and again', async () => {
    const it = supervised();
    const count = 60_000;
    const app = logged(it, 'dated', 'log-lines.mjs', {
      env: { COUNT: count, BATCH: 50, PAUSE: 2 },
      log_date_format: '[at] SSS',
    });
    await it.start([app]);
    const log = logOf(it, 'dated');
    const shape = /^at \d{3}: line (\d+) é+ end$/;
    for (let round = 0; round < 4; round += 1) {
      const before = wholeLog(log).length;
      await waitFor('more lines', () => wholeLog(log).length > before);
      await delay(Math.random() * 100);
      await it.killDaemon();
    }
    await it.answering();
    await waitFor('its end', () => hasEnded(it, 'dated'));
    expect(countLog(log, count, shape)).toEqual(allOf(count));
  });
});

describe('a log that somebody takes away', () => {
  const COUNT = 12_000;
  const KINDS = [
    ['plain', {}, /^line (\d+) é+ end$/],
    ['dated', { log_date_format: '[at]' }, /^at: line (\d+) é+ end$/],
  ] as const;

  interface Act {
    readonly what: string;
    readonly does: (log: string) => void;
    /** What was there before is kept elsewhere. */
    readonly keeps?: (log: string) => string;
  }

  const ACTS: readonly Act[] = [
    { what: 'delete', does: (log) => rmSync(log) },
    { what: 'rename', does: (log) => renameSync(log, `${log}.moved`), keeps: (log) => `${log}.moved` },
    { what: 'empty', does: (log) => truncateSync(log) },
    { what: 'overwrite', does: (log) => writeFileSync(log, '') },
    {
      what: 'create',
      // As logrotate does it without copytruncate.
      does: (log) => {
        renameSync(log, `${log}.moved`);
        writeFileSync(log, '', { mode: 0o640 });
      },
      keeps: (log) => `${log}.moved`,
    },
  ];

  const names = ACTS.flatMap((act) =>
    KINDS.map(([kind, more, shape]) => ({ act, more, shape, name: `${act.what}-${kind}` })),
  );

  test('is written on at its path, and nothing that came later is lost', async () => {
    const it = supervised();
    const apps = names.map(({ name, more }) =>
      logged(it, name, 'log-lines.mjs', { env: { COUNT, BATCH: 20, PAUSE: 5 }, ...more }),
    );
    await it.start(apps);
    const last = new Map<string, number>();
    for (const { name, act, shape } of names) {
      const log = logOf(it, name);
      await waitFor(`lines of ${name}`, () => linesOf(log).length > 1_000);
      last.set(name, Number(shape.exec(linesOf(log).at(-1) ?? '')?.[1]));
      act.does(log);
    }
    await waitFor('the end of all', async () => (await it.list()).services.every(({ status }) => status === 'stopped'));
    for (const { name, act, shape } of names) {
      const log = logOf(it, name);
      const text = (act.keeps === undefined ? '' : textOf(act.keeps(log))) + textOf(log);
      expect(linesOf(log).length, name).toBeGreaterThan(1_000);
      const first = Number(shape.exec(text.split('\n')[0] ?? '')?.[1]);
      // Whoever takes a log away takes what stood in it, and what was written in that instant.
      if (act.keeps === undefined) expect(first - (last.get(name) ?? 0), name).toBeLessThan(200);
      else expect(first, name).toBe(0);
      expect(countLines(text, COUNT - first, shape), name).toEqual(allOf(COUNT - first));
    }
  });
});
