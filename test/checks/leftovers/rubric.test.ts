import { describe, expect, it } from 'vitest';
import { RUBRIC } from '../../../src/checks/leftovers/rubric.ts';
import { aProcess } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import { BASH, CLOSED_TERMINAL, DAY, GONE, LOG_FILE, LONELY, NULL, stream, type Said } from './a-situation.ts';
import { ADOPTED, idsOf, MCP, SCRIPT, seen, WANTED } from './what-the-rubric-sees.ts';

const NEWER = aProcess({ pid: 300, parentPid: 40, startedAt: NOW - 60_000 });

/** For each item: the situation to start from, what brings it about, and the words for it. */
const SITUATIONS: Readonly<Record<string, { readonly from: Said; readonly with: Said; readonly says: string }>> = {
  'mute-speaker': {
    from: { root: { command: MCP.command } },
    with: { root: { command: MCP.command }, streams: [LONELY, NULL, NULL] },
    says: '100 is spoken to over standard input, and nobody is at the other end',
  },
  'folder-removed': {
    from: WANTED,
    with: { ...WANTED, root: { cwd: { path: '/home/dev/shop', deleted: true } } },
    says: 'its folder /home/dev/shop was removed',
  },
  'runner-killed': {
    from: ADOPTED,
    with: { root: { environment: { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'node server.js' } } },
    says: 'the package runner of its script "dev" was killed',
  },
  'terminal-closed': {
    from: ADOPTED,
    with: { streams: [NULL, CLOSED_TERMINAL, NULL] },
    says: 'its terminal /dev/pts/4 was closed',
  },
  'input-gone': {
    from: ADOPTED,
    with: { streams: [LONELY, NULL, NULL] },
    says: 'nobody is at the other end of its standard input',
  },
  'output-gone': {
    from: ADOPTED,
    with: { streams: [NULL, NULL, stream({ kind: 'pipe', abandoned: true })] },
    says: 'nobody reads its output any more',
  },
  'taken-over': {
    from: WANTED,
    with: ADOPTED,
    says: 'whoever started it is gone: 1 systemd took it over',
  },
  'session-ended': {
    from: ADOPTED,
    with: { root: { sessionId: GONE } },
    says: 'the session it was started in has ended (its leader was 77)',
  },
  superseded: {
    from: WANTED,
    with: { ...WANTED, others: [NEWER] },
    says: '300 runs the same script and is newer',
  },
  'script-ended': {
    from: ADOPTED,
    with: { root: { environment: SCRIPT } },
    says: 'the package script "dev" that started it has ended',
  },
  old: { from: WANTED, with: { ...WANTED, root: { startedAt: NOW - DAY - 1 } }, says: 'it is up for 1 d' },
  'very-old': {
    from: { ...WANTED, root: { startedAt: NOW - 2 * DAY } },
    with: { parent: { ...BASH, startedAt: NOW - 9 * DAY }, root: { startedAt: NOW - 7 * DAY - 1 } },
    says: 'that is more than a week',
  },
  unused: {
    from: WANTED,
    with: { ...WANTED, candidate: { busy: false } },
    says: 'it has no connections, and was idle when it was watched',
  },
  'program-removed': {
    from: WANTED,
    with: { ...WANTED, root: { executable: { path: '/usr/bin/node', deleted: true } } },
    says: 'its program was removed or upgraded since',
  },
  'own-session': {
    from: WANTED,
    with: { ...WANTED, root: { sessionId: 100 } },
    says: 'it was given a session of its own, on purpose',
  },
  'in-use': { from: WANTED, with: { ...WANTED, traces: { clients: 2 } }, says: '2 connections to its port' },
  'log-file': {
    from: WANTED,
    with: { ...WANTED, streams: [NULL, LOG_FILE, NULL] },
    says: 'it writes to the file /home/dev/shop/server.log',
  },
};

describe('the rubric', () => {
  it('has one row for each id, and a situation for each row', () => {
    const ids = RUBRIC.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(SITUATIONS).toSorted()).toEqual(ids.toSorted());
  });

  it.each(RUBRIC)(
    'gives $id a reason, and points of the sign that its strength has',
    ({ id, reason, points, strength }) => {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(reason).toMatch(/^\p{Ll}.{19,}[^.]$/u);
      expect(Math.sign(points)).toBe(strength === 'against' ? -1 : 1);
    },
  );

  it('weighs as it was agreed', () => {
    expect(RUBRIC.map(({ id, strength, points }) => `${id} ${strength} ${points}`)).toEqual([
      'mute-speaker decisive 60',
      'folder-removed decisive 50',
      'runner-killed strong 50',
      'terminal-closed strong 25',
      'input-gone strong 25',
      'output-gone strong 25',
      'taken-over context 30',
      'session-ended context 25',
      'superseded context 20',
      'script-ended context 15',
      'old context 10',
      'very-old context 5',
      'unused context 10',
      'program-removed context 10',
      'own-session against -40',
      'in-use against -25',
      'log-file against -20',
    ]);
  });

  it('has nothing to say of a server below the shell of a person', () => {
    expect(idsOf(WANTED)).toEqual([]);
  });

  it.each(Object.entries(SITUATIONS))(
    'adds %s, and that alone, where it holds',
    (id, { from, with: changed, says }) => {
      const before = idsOf(from);
      expect(before).not.toContain(id);
      expect(idsOf(changed)).toEqual(expect.arrayContaining([...before]));
      expect(idsOf(changed).filter((one) => !before.includes(one))).toEqual([id]);
      expect(seen(changed)[id]).toBe(says);
    },
  );
});
