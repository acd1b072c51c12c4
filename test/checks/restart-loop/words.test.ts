import { describe, expect, it } from 'vitest';
import { nameOf, summaryFor } from '../../../src/checks/restart-loop/words.ts';
import type { ServiceLog } from '../../../src/model/log.ts';
import { aCause, aServiceLog, DOUBT, NO_CAUSE, SELF_TRIGGER } from '../../helpers/a-service-log.ts';

const summary = (said: Partial<ServiceLog>, holder: string | null = null): string =>
  summaryFor(aServiceLog(said), { evidence: [], heldPort: null, holder });

const OVER = { restartLoop: false, pastLoop: true } as const;
const CRASHED = { restartLoop: false } as const;

describe('what is said of a service', () => {
  it.each<readonly [string, Partial<ServiceLog>, string]>([
    ['that loops', {}, 'web restarts again and again: 14 times in 2 min, always EADDRINUSE on port 3000'],
    [
      'that loops, when is not told',
      { windowSeconds: null },
      'web restarts again and again: 14 times, when is not told, always EADDRINUSE on port 3000',
    ],
    ['that loops without a cause', { rootCause: NO_CAUSE }, 'web restarts again and again: 14 times in 2 min'],
    [
      'that was given up',
      { gaveUp: true },
      'web was given up after restarting 14 times in 2 min, always EADDRINUSE on port 3000',
    ],
    [
      'that has recovered',
      OVER,
      'web was in a restart loop and has recovered: 14 times in 2 min, EADDRINUSE on port 3000',
    ],
    [
      'that has recovered from nobody knows what',
      { ...OVER, rootCause: NO_CAUSE },
      'web was in a restart loop and has recovered: 14 times in 2 min',
    ],
    [
      'of which the log cannot tell',
      { ...CRASHED, ambiguous: DOUBT },
      'web restarted 14 times in 2 min, and the log cannot tell why: EADDRINUSE on port 3000',
    ],
    [
      'of which the log can tell nothing at all',
      { ...CRASHED, ambiguous: DOUBT, rootCause: NO_CAUSE },
      'web restarted 14 times in 2 min, and the log cannot tell why',
    ],
    [
      'that the log doubts, though it looks like a loop',
      { ambiguous: DOUBT },
      'web restarts again and again: 14 times in 2 min, always EADDRINUSE on port 3000',
    ],
    [
      'that loops, or is edited',
      { ambiguous: DOUBT, rootCause: SELF_TRIGGER },
      'web restarted 14 times in 2 min, and the log cannot tell why: WATCH_SELF_TRIGGER data',
    ],
    [
      'that was restarted once',
      { ...CRASHED, restarts: 1 },
      'web failed and is in no restart loop: 1 restart: EADDRINUSE on port 3000',
    ],
    [
      'that was restarted twice',
      { ...CRASHED, restarts: 2 },
      'web failed and is in no restart loop: 2 restarts: EADDRINUSE on port 3000',
    ],
    ['that was not restarted', { ...CRASHED, restarts: 0 }, 'web has trouble and goes on: EADDRINUSE on port 3000'],
    [
      'that was restarted once in a loop of one',
      { restarts: 1, windowSeconds: 1 },
      'web restarts again and again: 1 time in 1 s, always EADDRINUSE on port 3000',
    ],
  ])('%s', (_, said, expected) => {
    expect(summary(said)).toBe(expected);
  });

  it('names who holds the port now', () => {
    expect(summary({}, '977 docker-proxy')).toMatch(/on port 3000, held by 977 docker-proxy$/);
  });

  it('names nobody for what is over or in doubt', () => {
    for (const said of [OVER, { ...CRASHED, ambiguous: DOUBT }, CRASHED])
      expect(summary(said, '977 docker-proxy')).not.toContain('977');
  });

  it.each([
    ['the variable', { variable: 'DATABASE_URL' }, 'MISSING_ENV DATABASE_URL'],
    ['the module', { module: './routes' }, 'MISSING_ENV ./routes'],
    ['the host', { host: 'db.local' }, 'MISSING_ENV db.local'],
    ['the path', { path: 'uploads' }, 'MISSING_ENV uploads'],
    ['the port before all', { port: '80', variable: 'X', path: 'y' }, 'MISSING_ENV on port 80'],
    ['nothing else', { other: 'z' }, 'MISSING_ENV'],
  ])('names %s', (_, detail, expected) => {
    expect(summary({ rootCause: aCause({ code: 'MISSING_ENV', detail }) })).toMatch(
      new RegExp(`always ${expected.replaceAll('.', '\\.')}$`),
    );
  });

  it('cuts what is long, and shows no controls', () => {
    const long = summary({ rootCause: aCause({ code: 'MODULE_NOT_FOUND', detail: { module: 'x'.repeat(500) } }) });
    expect(long.length).toBeLessThan(180);
    expect(summary({ service: 'a\u001B[31mb', rootCause: aCause({ detail: { path: '\u0007p' } }) })).not.toMatch(
      /\p{Cc}/u,
    );
  });
});

describe('what a service is called', () => {
  it.each<readonly [string, Partial<ServiceLog>, string]>([
    ['by its name', { service: 'api' }, 'api'],
    ['by its log', { service: null, files: ['/var/log/shop/api.log', 'b.log'] }, '/var/log/shop/api.log'],
    ['by its log, on Windows', { service: null, files: ['C:\\logs\\api.log'] }, 'C:\\logs\\api.log'],
    ['by the stream it was read from', { service: null, files: ['standard input'] }, 'standard input'],
    ['by nothing', { service: null, files: [] }, 'the service'],
  ])('%s', (_, said, expected) => {
    expect(nameOf(aServiceLog(said))).toBe(expected);
  });
});
