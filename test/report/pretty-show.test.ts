import { describe, expect, it } from 'vitest';
import type { ServiceDetail } from '../../src/model/service.ts';
import { prettyShow } from '../../src/report/pretty-show.ts';
import { aDetail, aLastExit, usualLogs, smallSpec, NOW } from '../helpers/a-listed-service.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

const show = (fields: Partial<ServiceDetail> = {}, width = 100): string =>
  prettyShow({ services: [aDetail(fields)] }, plainLook(width), NOW);

describe('one screen about a service', () => {
  it('tells all of it', () => {
    expect(show({ lastExit: aLastExit() })).toBe(
      [
        '0 backend: online, 2 restarts, 0 unstable in a row',
        '  runs     pid 5120, up 3 min, 2 processes, 88 MB, 0.3% of a core',
        '  ports    5000',
        '  ended    1, 4 min ago',
        '  because  MODULE_NOT_FOUND ./routes',
        "  says     Error: Cannot find module './routes'",
        '  why      devdoctor explain MODULE_NOT_FOUND',
        '  script   ./server.js',
        '  command  /usr/bin/node /home/ada/shop/server.js --port 5000',
        '  folder   ~/shop',
        '  runs on  /usr/bin/node',
        '  file     ~/shop/ecosystem.config.js',
        '  needs    port 5000',
        '  policy   started again when it ends; given up after 16 unstable restarts (up less than 1 s)',
        '  limit    300 MB for it and all below it',
        '  ends by  SIGINT, forced after 1600 ms',
        '  out      ~/.local/state/devdoctor/logs/backend-out.log',
        '  err      ~/.local/state/devdoctor/logs/backend-error.log',
        '  rotates  at 10 MB, 5 kept, compressed',
        '  env      PORT=5000',
        '           DB_PASSWORD=hunter2',
        '  all env  devdoctor env 0',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<ServiceDetail>, RegExp]>([
    [
      'who blocks it',
      { status: 'blocked', blockedBy: { port: 1, holder: '9 x', pid: 9 } },
      /waits +port 1 is held by 9 x\n.*fix +devdoctor fix --port 1\n/,
    ],
    ['why it was given up', { status: 'errored', reason: 'given up' }, /errored.*\n(?:.*\n)* {2}reason +given up\n/],
    ['nothing of a run that is none', { pid: null }, /row\n {2}ports/],
    ['its namespace', { namespace: 'shop' }, /^0 backend of shop: online/],
    ['which copy it is', { instance: 1, spec: smallSpec({ instances: 3 }) }, /copies +3, fork; this is number 1\n/],
    ['that it is left down', { spec: smallSpec({ autorestart: false }) }, /policy +left down when it ends\n/],
    ['when it is left down', { spec: smallSpec({ stopExitCodes: [0, 2] }) }, /ends, but not after exit 0, 2; given/],
    ['how long it waits', { spec: smallSpec({ restartDelayMs: 50 }) }, /ends, 50 ms after each end; given/],
    ['that it waits longer', { spec: smallSpec({ expBackoffMs: 100 }) }, /waiting longer each time from 100 ms on/],
    [
      'a service without a file',
      { spec: smallSpec({ configFile: null }) },
      /file +none: it was named on the command line\n/,
    ],
    [
      'output that is thrown away',
      { logs: usualLogs({ out: null, error: null }) },
      /out +thrown away\n {2}err +thrown away\n/,
    ],
    ['logs that never rotate', { logs: usualLogs({ rotation: null }) }, /rotates +never\n/],
    ['the shape of lines', { logs: usualLogs({ type: 'json' }) }, /stamps +one JSON object for each line\n/],
  ])('tells %s', (_, fields, expected) => {
    expect(show(fields)).toMatch(expected);
  });

  it('has a block for each of several', () => {
    const text = prettyShow({ services: [aDetail(), aDetail({ id: 1, name: 'web' })] }, plainLook(80), NOW);
    expect(text.split('\n\n').map((block) => block.split(':')[0])).toEqual(['0 backend', '1 web']);
  });

  it.each([80, 40])('fits into %i columns', (width) => {
    const text = show({ lastExit: aLastExit() }, width);
    expect(tooWide(text, width)).toEqual([]);
  });

  it('is harmless to a terminal', () => {
    const hostile = '\u001b[2J\u202e\r';
    const spec = smallSpec({
      name: hostile,
      script: hostile,
      command: [hostile],
      env: { A: hostile },
      ownVariables: ['A'],
    });
    const text = show({ spec, name: hostile, reason: hostile, lastExit: aLastExit({ evidence: hostile }) });
    expect(text).not.toMatch(OBEYED);
    expect(text).toContain('A=\\x1b[2J');
  });
});
