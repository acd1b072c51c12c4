import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/model/finding.ts';
import type { ServiceLog } from '../../src/model/log.ts';
import { running } from '../helpers/a-process.ts';
import {
  aCause,
  aLine,
  aServiceLog,
  DOUBT,
  loopOf,
  loopsOf,
  NO_CAUSE,
  SELF_TRIGGER,
} from '../helpers/a-service-log.ts';
import { anOccupancy, FREE, heldBy } from '../helpers/a-snapshot.ts';

const OVER = { restartLoop: false, pastLoop: true } as const;
const NO_LOOP = { restartLoop: false, restarts: 1 } as const;

describe('how bad it is', () => {
  it.each<readonly [string, Partial<ServiceLog>, named: Severity, found: Severity]>([
    ['a loop that goes on', { stillGoing: true }, 'error', 'error'],
    ['a loop of which nobody knows', { stillGoing: null }, 'error', 'error'],
    ['a loop of another time', { stillGoing: false }, 'error', 'warning'],
    ['a loop that was given up, of another time', { stillGoing: false, gaveUp: true }, 'error', 'error'],
    ['a loop in doubt', { ambiguous: DOUBT }, 'error', 'error'],
    ['what may be edits', { ambiguous: DOUBT, rootCause: SELF_TRIGGER }, 'info', 'info'],
    ['a watcher that triggers itself, without doubt', { rootCause: SELF_TRIGGER }, 'error', 'error'],
    ['no loop, in doubt', { ambiguous: DOUBT, restartLoop: false }, 'info', 'info'],
    ['a loop that is over', { ...OVER, stillGoing: true }, 'info', 'info'],
    ['a single crash', NO_LOOP, 'info', 'info'],
  ])('%s', (_, said, named, found) => {
    expect(loopOf(said, { logs: { named: true } }).severity).toBe(named);
    expect(loopOf(said, { logs: { named: false } }).severity).toBe(found);
  });
});

describe('what is worth telling', () => {
  it('is not a service without a loop, a doubt or a cause', () => {
    expect(loopsOf([aServiceLog({ ...NO_LOOP, rootCause: NO_CAUSE, words: null })])).toEqual([]);
    expect(loopsOf([])).toEqual([]);
  });

  it('is a loop, a past loop or a doubt without a cause', () => {
    const quiet = { rootCause: NO_CAUSE, words: null } as const;
    const told = [
      aServiceLog({ ...quiet, service: 'a' }),
      aServiceLog({ ...quiet, ...OVER, service: 'b' }),
      aServiceLog({ ...quiet, ...NO_LOOP, ambiguous: DOUBT, service: 'c' }),
    ];
    expect(loopsOf(told).map(({ id }) => id)).toEqual(['restart-loop:a', 'restart-loop:b', 'restart-loop:c']);
  });
});

describe('what is told', () => {
  it('has every field of what was read', () => {
    const { id, subject, data } = loopOf({
      alternatives: [aCause({ code: 'SILENT_EXIT' })],
      location: { path: 'server.js', line: 3, column: 9 },
      edits: 2,
    });
    expect({ id, subject }).toEqual({ id: 'restart-loop:web', subject: { kind: 'service', service: 'web' } });
    expect(data).toEqual({
      service: 'web',
      files: ['logs/web-error.log'],
      restarts: 14,
      windowSeconds: 120,
      rootCause: 'EADDRINUSE',
      alternatives: ['SILENT_EXIT'],
      evidence: ['Error: listen EADDRINUSE: address already in use 127.0.0.1:3000'],
      location: { path: 'server.js', line: 3, column: 9 },
      gaveUp: false,
      ambiguous: false,
      loop: true,
      past: false,
      unplanned: 14,
      edits: 2,
      confidence: 'A',
      detail: { port: '3000', address: '127.0.0.1' },
      fingerprint: 'EADDRINUSE listen address already in use',
    });
  });

  it('tells doubt, the past and giving up', () => {
    expect(loopOf({ ambiguous: DOUBT }).data).toMatchObject({ ambiguous: true });
    expect(loopOf(OVER).data).toMatchObject({ loop: false, past: true });
    expect(loopOf({ gaveUp: true }).data).toMatchObject({ gaveUp: true });
  });

  it('cites each line with its place, then the place to open, then the machine', () => {
    const holder = running('node vite.js', { pid: 7 });
    const { evidence } = loopOf(
      {
        evidence: [aLine(), aLine({ line: null, text: 'end', role: 'end' })],
        location: { path: 'a.js', line: 3, column: null },
      },
      { logPorts: [anOccupancy({ sockets: [heldBy([holder])] })], processes: [holder] },
    );
    expect(evidence).toEqual([
      { text: aLine().text, source: 'logs/web-error.log:12' },
      { text: 'end', source: 'logs/web-error.log' },
      { text: 'look at a.js:3', source: 'the trace' },
      { text: 'port 3000 is held now by 7 node vite.js', source: 'the machine now' },
    ]);
  });
});

describe('the lines it cites', () => {
  it('begin with the cause, the end and the start, and keep their order', () => {
    const roles = ['context', 'start', 'cause', 'end', 'context'] as const;
    const evidence = roles.map((role, index) => aLine({ role, text: `${role} ${index}` }));
    expect(loopOf({ evidence }).evidence.map(({ text }) => text)).toEqual([
      'cause 2',
      'end 3',
      'start 1',
      'context 0',
      'context 4',
    ]);
  });
});

describe('what would help', () => {
  const commandsOf = (said: Partial<ServiceLog>, ports = [anOccupancy({ probes: [FREE] })]): readonly string[] =>
    loopOf(said, { logPorts: ports }).remedies.flatMap(({ commands }) => commands);
  const instructionsOf = (said: Partial<ServiceLog>, ports = [anOccupancy({ probes: [FREE] })]): readonly string[] =>
    loopOf(said, { logPorts: ports }).remedies.flatMap((remedy) =>
      remedy.kind === 'manual' ? [remedy.instructions] : [],
    );

  it('is to free a port that is held now, and what the catalogue says otherwise', () => {
    expect(commandsOf({}, [anOccupancy()])).toEqual(['devdoctor fix --port 3000', 'devdoctor explain EADDRINUSE']);
    expect(commandsOf({})).toEqual(['devdoctor explain EADDRINUSE']);
    expect(instructionsOf({})[0]).toBe('Ask who holds it: devdoctor why 3000.');
    expect(instructionsOf({}, [anOccupancy()])).not.toContain('Ask who holds it: devdoctor why 3000.');
  });

  it('is to free the port all the same, where only the cause of a loop is in doubt', () => {
    expect(commandsOf({ ambiguous: DOUBT }, [anOccupancy()])).toContain('devdoctor fix --port 3000');
  });

  it('is what to watch, where the log cannot tell', () => {
    const said = { ambiguous: DOUBT, restartLoop: false };
    expect(instructionsOf(said, [anOccupancy()])).toEqual([DOUBT.watch]);
    expect(commandsOf(said, [anOccupancy()])).toEqual(['devdoctor explain EADDRINUSE']);
  });

  it('names no page where there is none', () => {
    const none = { rootCause: NO_CAUSE, words: null } as const;
    expect(commandsOf(none)).toEqual([]);
    expect(commandsOf({ ...none, ambiguous: DOUBT })).toEqual([]);
  });

  it('is never done by this command on its own word', () => {
    expect(
      new Set(loopOf({}, { logPorts: [anOccupancy()] }).remedies.map(({ kind, risk }) => `${kind} ${risk}`)),
    ).toEqual(new Set(['manual safe']));
  });
});
