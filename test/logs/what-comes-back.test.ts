import { describe, expect, it } from 'vitest';
import { crash, diagnoseText, diagnoseTexts } from './support/diagnose-text.ts';

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();

const REFUSED = 'Error: connect ECONNREFUSED 127.0.0.1:5432';
const STACK = '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n';

describe('lines that come back in one process', () => {
  const OPENINGS = [
    'orders api listening on 3000\n',
    'resizer v1.4.2\n',
    'Orders\n------\n',
    'reading settings.yaml\n',
  ];
  const ROUNDS = ['connecting to redis\n', 'starting sync\n', 'worker 7 started\n', 'ready for the next file\n'];
  const ENDS = [
    '',
    'ok, 12 rows\n',
    `${REFUSED}\n${STACK}`,
    `ERROR refresh failed: ${REFUSED}\n${STACK}`,
    'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in run\nValueError: bad row\n',
    'child exited with code 1\n',
    'worker 7 died (exit code 1), restarting\n',
  ];
  const all = OPENINGS.flatMap((opening) =>
    ROUNDS.flatMap((round) => ENDS.map((end) => [opening, round + end] as const)),
  );

  it.each(all)('are no restarts below %j: %j', async (opening, round) => {
    const { restartLoop, restarts } = await diagnoseText(opening + round.repeat(12));
    expect({ restartLoop, restarts }).toEqual({ restartLoop: false, restarts: 0 });
  });

  it('are no restarts after a line that says it tries again', async () => {
    const text = 'starting import\nWARN could not load, retrying in 5 s\n'.repeat(9);
    expect(await diagnoseText(text)).toMatchObject({ restartLoop: false, restarts: 0 });
  });

  it('are no restarts where only the errors come back, below an opening', async () => {
    const text = `till sync\n${`${REFUSED}\n${STACK}`.repeat(12)}`;
    expect(await diagnoseText(text)).toMatchObject({ restartLoop: false, restarts: 0 });
    expect((await diagnoseText(text)).rootCause.code).toBe('ECONNREFUSED_DB');
  });

  it('are no restarts where a program tells how each of its children left', async () => {
    const child = (i: number): string => `renderer boots\n${crash('Error: no font')}renderer ${i} left with 1\n`;
    const told = await diagnoseText(`renderer pool\n${times(12, child).join('')}`);
    expect(told).toMatchObject({ restartLoop: false, restarts: 0 });
  });

  it('are no restarts while the process number is the same, unless a container gives it again', async () => {
    const life = (pid: number): string =>
      `{"level":30,"pid":${pid},"msg":"api starting"}\n{"level":50,"pid":${pid},"msg":"no"}\n`;
    expect(await diagnoseText(life(4711).repeat(6))).toMatchObject({ restartLoop: false, restarts: 0 });
    expect(await diagnoseText(life(18).repeat(6))).toMatchObject({ restartLoop: true, restarts: 5 });
  });

  it('are instances when several processes speak beside each other', async () => {
    const line = (pid: number, msg: string): string => `{"level":30,"pid":${pid},"name":"q","msg":"${msg}"}\n`;
    const begun = times(5, (i) => line(900 + i, 'q starting') + line(900, 'request completed')).join('');
    const talk = times(40, (i) => line(900 + (i % 5), 'request completed')).join('');
    expect(await diagnoseText(begun + talk)).toMatchObject({ restartLoop: false, rootCause: { code: 'NONE' } });
  });
});

describe('what cannot be told', () => {
  it('is a first line whose number is one higher each time', async () => {
    const told = await diagnoseText(times(9, (i) => `menu service start ${i}\n`).join(''));
    expect(told).toMatchObject({ restartLoop: false, restarts: 8 });
    expect(told.ambiguous?.why).toContain('one higher');
  });

  it('is a log of the same few lines whose first says nothing of a start', async () => {
    const told = await diagnoseText('= invoices =\ntenant acme\n'.repeat(7));
    expect(told).toMatchObject({ restartLoop: false, restarts: 0 });
    expect(told.ambiguous?.why).toContain('same few lines');
    expect((await diagnoseText('GET /a 200\nGET /b 200\n'.repeat(7))).ambiguous).toBeNull();
    expect((await diagnoseText('= invoices =\ntenant acme\n'.repeat(4))).ambiguous).toBeNull();
  });

  it('is why it starts again, where nothing tells of an end or of a time', async () => {
    const told = await diagnoseText('poems starting\npoems serving\n'.repeat(7));
    expect(told).toMatchObject({ restartLoop: true, restarts: 6 });
    expect(told.ambiguous?.why).toContain('without a trace of an end');
    expect(told.alternatives.map(({ code }) => code)).toEqual(['WATCH_SELF_TRIGGER']);
    const timed = times(7, (i) => `${at(i * 3)} poems starting\n`).join('');
    expect((await diagnoseText(timed)).ambiguous).toBeNull();
  });
});

describe('a job', () => {
  const run = (end: string): string => `export job starting\nrows read: 120\n${end}\n`;

  it('that tells each time that it is done is in no loop and has no cause', async () => {
    const told = await diagnoseText(run('export finished in 1.4s').repeat(12));
    expect(told).toMatchObject({ restartLoop: false, restarts: 11, rootCause: { code: 'NONE' } });
  });

  it('that ends in an error each time is in a loop', async () => {
    const told = await diagnoseText(run(REFUSED).repeat(12));
    expect(told).toMatchObject({ restartLoop: true, restarts: 11, rootCause: { code: 'ECONNREFUSED_DB' } });
  });
});

describe("a runner's words", () => {
  it('mean nothing inside quotation marks', async () => {
    const quoted = [
      'pm2: App [web:0] exited with code [1] via signal [SIGINT]',
      '[nodemon] app crashed - waiting for file changes before starting...',
      'web-1 exited with code 1',
      'x.sh: line 3: 77 Segmentation fault',
    ];
    const text = quoted.map((words) => `INFO ticket 1: subject="${words}"\n`.repeat(5)).join('');
    const told = await diagnoseText(`desk listening on 8800\n${text}`);
    expect(told).toMatchObject({ restartLoop: false, unplanned: 0, service: null, rootCause: { code: 'NONE' } });
  });

  it("are air's own only below its banner", async () => {
    const lives = 'running...\nshop up\nexit status 1\n'.repeat(5);
    const banner = '/_/--\\ |_| |_| \\_ v1.61.7, built with Go go1.23.4\n';
    expect(await diagnoseText(banner + lives)).toMatchObject({ runner: 'air', restarts: 4, restartLoop: true });
    expect((await diagnoseText(lives)).runner).toBeNull();
  });

  it('of nodemon without an end and without an edit are typed by a person', async () => {
    const banner = '[nodemon] 3.1.14\n[nodemon] to restart at any time, enter `rs`\n';
    const start = '[nodemon] starting `node app.js`\nshop up\n';
    const typed = await diagnoseText(banner + start.repeat(6));
    expect(typed).toMatchObject({ restartLoop: false, restarts: 5, unplanned: 0, rootCause: { code: 'NONE' } });
    expect(await diagnoseText((banner + start).repeat(6))).toMatchObject({ restartLoop: true, unplanned: 5 });
    const waits = `${banner}${(start + '[nodemon] app crashed - waiting for file changes before starting...\n').repeat(6)}`;
    expect(await diagnoseText(waits)).toMatchObject({ restartLoop: false, unplanned: 0 });
  });

  it('of PM2 for an instance that did not exit are a reload', async () => {
    const start = 'PM2 log: App [radio:0] starting in -cluster mode-\n';
    const reloads = start + `${start}PM2 log: Stopping app:radio id:_old_0\n`.repeat(6);
    expect(await diagnoseText(reloads, 'pm2.log')).toMatchObject({ restartLoop: false, restarts: 6, unplanned: 0 });
    const exits = `${start}PM2 log: App [radio:0] exited with code [1] via signal [SIGINT]\n`.repeat(6);
    expect(await diagnoseText(exits, 'pm2.log')).toMatchObject({ restartLoop: true, unplanned: 5 });
  });

  it('of docker compose name a container by its project, and the service without it', async () => {
    const life = 'api_1  | mail starting\napi_1  | Error: SMTP_HOST is missing\nshop_api_1 exited with code 1\n';
    const others = 'web_1  | GET / 200\n'.repeat(4);
    const diagnoses = await diagnoseTexts({
      'compose.log': `Attaching to shop_api_1, shop_web_1\n${(life + others).repeat(5)}`,
    });
    const named = diagnoses.filter(({ service }) => service !== null);
    expect(named.map(({ service, restarts }) => [service, restarts])).toEqual([
      ['api', 4],
      ['web', 0],
    ]);
  });

  it('of an end by code 0 or by Ctrl-C that nothing followed are no crash', async () => {
    const lines = '[api] ok\n[web] ok\n'.repeat(6);
    const ends =
      '[types] tsc exited with code 0\n[api] node a.js exited with code SIGTERM\n[web] node w.js exited with code SIGTERM\n';
    const diagnoses = await diagnoseTexts({ 'dev.log': `${lines}[types]     at x (y.js:1:1)\n${ends}` });
    expect(diagnoses.map(({ rootCause }) => rootCause.code)).toEqual(diagnoses.map(() => 'NONE'));
  });
});

describe('a rejection that is no Error', () => {
  it('does not swallow the lines of the life after it', async () => {
    const life =
      'mail sweeper\nnode:internal/process/promises:389\n      new UnhandledPromiseRejection(reason);\n      ^\n\n' +
      'UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch ' +
      'block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "no".\n' +
      "    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7) {\n  code: 'ERR_UNHANDLED_REJECTION'\n}\n\nNode.js v20.20.2\n";
    const told = await diagnoseText(life.repeat(5));
    expect(told).toMatchObject({ restarts: 4, rootCause: { code: 'UNHANDLED_REJECTION' } });
    expect(told.evidence.map(({ text }) => text).join('\n')).toContain('the reason "no"');
  });
});

describe('an error that a run-time prints', () => {
  it('is one where a second traceback says what came of the first', async () => {
    const chain =
      'Traceback (most recent call last):\n  File "/srv/g.py", line 4, in go\nKeyError: \'rate\'\n\n' +
      'During handling of the above exception, another exception occurred:\n\n' +
      'Traceback (most recent call last):\n  File "/srv/g.py", line 6, in go\nRuntimeError: no rate\n';
    expect(await diagnoseText(chain.repeat(5))).toMatchObject({ restarts: 4, restartLoop: true });
  });

  it('may quote source between its headline and its stack', async () => {
    const life =
      "Prices\nprices.rb:1:in `price': undefined method `[]' for nil:NilClass (NoMethodError)\n\n" +
      "def price(o) = o[:items].size\n                ^^^^^^^^\n\tfrom prices.rb:2:in `<main>'\n";
    expect(await diagnoseText(life.repeat(5))).toMatchObject({ restarts: 4, restartLoop: true });
  });
});
