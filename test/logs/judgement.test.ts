import { describe, expect, it } from 'vitest';
import { crash, diagnoseText, diagnoseTexts } from './support/diagnose-text.ts';

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();

const BUSY = 'Error: listen EADDRINUSE: address already in use :::3000';

describe('a restart loop', () => {
  it.each([
    ['ends that Node tells', times(5, () => crash(BUSY)).join(''), 4, 'EADDRINUSE'],
    ['the same first line', times(6, () => 'shop starting\nconfig read\n').join(''), 5, 'SILENT_EXIT'],
    ["a shell's words", times(5, (i) => `up\nrun.sh: line 8: ${i} Killed   node x.js\n`).join(''), 4, 'SIGKILL'],
    [
      'new process numbers',
      times(
        5,
        (i) =>
          `{"level":30,"pid":${90 + i},"name":"q","msg":"a"}\n{"level":60,"pid":${90 + i},"name":"q","msg":"no"}\n`,
      ).join(''),
      4,
      'UNCAUGHT_EXCEPTION',
    ],
    [
      "supervisord's words",
      times(
        4,
        (i) =>
          `2026-11-22 10:00:0${i},000 INFO spawned: 'web' with pid 1${i}\n2026-11-22 10:00:0${i},500 INFO exited: web (exit status 3; not expected)\n`,
      ).join(''),
      3,
      'SILENT_EXIT',
    ],
  ])('is seen by %s', async (_, log, restarts, code) => {
    const { restartLoop, restarts: counted, rootCause } = await diagnoseText(log);
    expect({ restartLoop, counted, code: rootCause.code }).toEqual({ restartLoop: true, counted: restarts, code });
  });

  it('is seen when each life lasts ten minutes', async () => {
    const log = times(6, (i) => `${at(i * 600)} shop starting\n${at(i * 600 + 590)} work\n${crash(BUSY)}`).join('');
    expect(await diagnoseText(log)).toMatchObject({ restartLoop: true, windowSeconds: 3000 });
  });

  it('is over when the last life goes on', async () => {
    const lives = times(6, (i) => `${at(i * 2)} shop starting\n${crash(BUSY)}`).join('');
    const well = `${at(12)} shop starting\n${times(60, (i) => `${at(13 + i)} GET / 200`).join('\n')}\n`;
    expect(await diagnoseText(lives + well)).toMatchObject({
      restartLoop: false,
      pastLoop: true,
      recovered: true,
      restarts: 6,
    });
  });

  it('goes on when its file was written to a moment ago', async () => {
    const log = times(6, (i) => `${at(i * 2)} shop starting\n${crash(BUSY)}`).join('');
    const now = Date.parse(at(60));
    const [fresh] = await diagnoseTexts({ 'app.log': log }, { now });
    const [stale] = await diagnoseTexts({ 'app.log': log }, { now: now + 86_400_000 });
    expect([fresh?.stillGoing, stale?.stillGoing]).toEqual([true, false]);
  });

  it('tells no window without times', async () => {
    const { windowSeconds, stillGoing } = await diagnoseText(times(5, () => crash(BUSY)).join(''));
    expect([windowSeconds, stillGoing]).toEqual([null, null]);
  });
});

describe('no restart loop', () => {
  it.each([
    [
      'two crashes and a start that stays',
      `${crash(BUSY)}${crash(BUSY)}listening on 3000\n${'GET / 200\n'.repeat(20)}`,
      2,
    ],
    [
      'rare crashes',
      times(5, (i) => `${at(i * 90_000)} shop starting\n${at(i * 90_000 + 80_000)} work\n${crash('Error: x')}`).join(
        '',
      ),
      4,
    ],
    ['requests that repeat', 'GET /feed 200\n'.repeat(200), 0],
    [
      'a child that crashes in a parent that goes on',
      `worker ready\n${times(8, (i) => `job ${i} begins\nresizing\n${crash('Error: too large')}job ${i} failed, going on\nnext\n`).join('')}`,
      0,
    ],
    ['jobs that finish', times(8, (i) => `backup starting\ncopied ${i} files\nbackup finished\n`).join(''), 7],
    ['a heartbeat', times(30, () => 'heartbeat ok\n').join(''), 0],
    [
      'stops that were asked for',
      times(6, (i) => `${at(i * 9)} shop starting\n${at(i * 9 + 5)} SIGTERM received, closing\n`).join(''),
      5,
    ],
    [
      'handled errors',
      `shop starting\n${times(20, (i) => `ERROR job ${i} failed: Error: no\n    at x (/a/b.js:1:2)\nGET / 200\nGET / 200\nGET / 200\nGET / 200\n`).join('')}`,
      0,
    ],
    [
      'workers of one cluster',
      `${times(6, (i) => `${at(0)} worker ${100 + i} listening\n`).join('')}${times(60, (i) => `${at(i)} GET / 200\n`).join('')}`,
      0,
    ],
    ['an empty log', '\n', 0],
  ])('is seen in %s', async (_, log, restarts) => {
    const { restartLoop, restarts: counted } = await diagnoseText(log);
    expect({ restartLoop, counted }).toEqual({ restartLoop: false, counted: restarts });
  });
});

describe('a watcher', () => {
  const edits = (gaps: readonly number[], path: string): string => {
    let now = 0;
    return gaps
      .map(
        (gap) =>
          `10:${String(Math.floor((now += gap) / 60)).padStart(2, '0')}:${String(now % 60).padStart(2, '0')} PM [tsx] change in ${path} Restarting...\nup\n`,
      )
      .join('');
  };

  it('that is set off at even times is set off by the program', async () => {
    const found = await diagnoseText(edits([2, 2, 2, 2, 2, 2], './src/made.ts'));
    expect(found).toMatchObject({
      restartLoop: true,
      rootCause: { code: 'WATCH_SELF_TRIGGER', detail: { path: './src/made.ts' } },
    });
  });

  it('that is set off at uneven times is set off by a person', async () => {
    expect(await diagnoseText(edits([9, 2, 31, 5, 14, 3], './src/made.ts'))).toMatchObject({
      restartLoop: false,
      restarts: 6,
      edits: 6,
    });
  });

  it('that tells neither file nor time leaves a doubt', async () => {
    const log = times(8, () => '[nodemon] restarting due to changes...\n[nodemon] starting `node a.js`\nup\n').join('');
    const { restartLoop, ambiguous } = await diagnoseText(`[nodemon] starting \`node a.js\`\nup\n${log}`);
    expect(restartLoop).toBe(false);
    expect(ambiguous?.watch).toContain('touch nothing');
  });
});

describe('services', () => {
  it('are told apart by their prefix', async () => {
    const log = times(
      5,
      () =>
        `[api] up\n[api] Error: no\n[api]     at x (/a/b.js:1:2)\n[api] node api.js exited with code 1\n[web] GET / 200\n[api] node api.js restarted\n`,
    ).join('');
    const found = await diagnoseTexts({ 'dev.log': log });
    expect(found.map(({ service, restartLoop }) => [service, restartLoop])).toEqual([
      ['api', true],
      ['web', false],
    ]);
  });

  it('keep their names from their files, and their errors from their error logs', async () => {
    const found = await diagnoseTexts({
      'shop-out.log': times(5, () => 'shop starting\n').join(''),
      'shop-error.log': times(5, () => `${BUSY}\n    at x (/srv/shop/server.js:8:8)\n`).join(''),
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      service: 'shop',
      restartLoop: true,
      restarts: 4,
      rootCause: { code: 'EADDRINUSE', detail: { port: '3000' } },
      location: { path: '/srv/shop/server.js', line: 8 },
    });
  });

  it('are one over rotated files', async () => {
    const part = times(3, () => crash(BUSY)).join('');
    const found = await diagnoseTexts({ 'app.log': part, 'app.log.1': part });
    expect(found.map(({ restarts, files }) => [restarts, files])).toEqual([[5, ['app.log.1', 'app.log']]]);
  });
});

describe('evidence', () => {
  it('names file, line and offset of the very line', async () => {
    const log = `one\ntwo\n${crash(BUSY)}`;
    const { evidence } = await diagnoseText(log);
    expect(evidence[0]).toEqual({ file: 'app.log', line: 7, offset: log.indexOf(BUSY), text: BUSY, role: 'cause' });
  });

  it('follows an error that comes again byte for byte', async () => {
    const log = times(40, (i) => `life ${i} starting\n${crash(BUSY)}`).join('');
    const { evidence, restarts } = await diagnoseText(log);
    const line = log.slice(0, log.lastIndexOf(BUSY)).split('\n').length;
    expect(restarts).toBe(39);
    expect(evidence[0]).toMatchObject({ line, offset: log.lastIndexOf(BUSY), text: BUSY });
  });
});
