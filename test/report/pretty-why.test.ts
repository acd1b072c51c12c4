import { describe, expect, it } from 'vitest';
import type { ExplainedProcess, WhyResult } from '../../src/model/results.ts';
import { prettyWhy } from '../../src/report/pretty-why.ts';
import { plainLook, whyOf } from './lines-that-fit.ts';

const PROCESS: ExplainedProcess = {
  pid: 100,
  startedAt: 0,
  upMs: 68_400_000,
  name: 'node',
  command: 'node server.js',
  cwd: '/home/ada/shop/api',
  project: '/home/ada/shop',
  branch: 'main',
  user: 'ada',
  memoryBytes: 222_298_112,
  listens: ['tcp 127.0.0.1:3000'],
  chain: [{ pid: 90, name: 'bash', role: 'shell' }],
  children: [{ pid: 101, label: 'esbuild' }],
  managedBy: null,
  remarks: ['its folder was removed'],
  endedBy: ['devdoctor fix --port 3000'],
};

const why = (said: Partial<WhyResult> = {}): string =>
  prettyWhy(
    {
      schemaVersion: 1,
      command: 'why',
      target: { kind: 'pid', value: '100' },
      finding: null,
      processes: [PROCESS],
      connectedFrom: [],
      udp: [],
      notes: [],
      ...said,
    },
    plainLook(80),
  );

describe('one screen about a process', () => {
  it('tells all there is to know', () => {
    expect(why()).toBe(
      [
        '100 node server.js',
        '  project  ~/shop, branch main',
        '  folder   ~/shop/api',
        '  up       19 h, 212 MB, user ada',
        '  started  bash (90) → node (100)',
        '  listens  tcp 127.0.0.1:3000',
        '  with it  101 esbuild',
        '  note     its folder was removed',
        '  ends by  devdoctor fix --port 3000',
        '',
      ].join('\n'),
    );
  });

  it('is short where little is known', () => {
    const unknown = { ...PROCESS, command: '', cwd: null, project: null, branch: null, user: null, memoryBytes: null };
    const bare = { ...unknown, listens: [], chain: [], children: [], remarks: [], endedBy: [] };
    expect(why({ processes: [bare] })).toBe('100 node\n  up       19 h\n  started  node (100)\n');
  });

  it('says who keeps it alive', () => {
    expect(why({ processes: [{ ...PROCESS, managedBy: { kind: 'pm2', unit: 'back end' } }] })).toContain(
      '  kept by  pm2: back end\n',
    );
  });

  it('shows five of many, and counts the rest', () => {
    const listens = Array.from({ length: 8 }, (_, index) => `tcp ::${index}`);
    expect(why({ processes: [{ ...PROCESS, listens }] })).toMatch(/tcp ::4 and 3\s+more/);
  });
});

describe('the head of the screen', () => {
  it.each([
    [{ kind: 'port', value: '3000' }, [], '✔ Port 3000 is free\n'],
    [{ kind: 'name', value: 'node' }, [], '0 processes named node\n'],
  ] as const)('answers the question: %j', (target, processes, expected) => {
    expect(why({ target, processes: [...processes] })).toBe(expected);
  });

  it('tells a finding in full where nobody listens', async () => {
    const hidden = (await whyOf('out-of-sight')).find(({ target }) => target.value === '5432');
    const text =
      hidden === undefined ? '' : prettyWhy({ ...hidden, connectedFrom: [], udp: [], notes: [] }, plainLook(80));
    expect(text).toContain('✖ Port 5432 is occupied, and its owner is not visible to you: a process of');
    expect(text).toContain('fix      sudo devdoctor why 5432');
  });
});

describe('what is said besides', () => {
  it('counts the clients', () => {
    const connectedFrom = ['127.0.0.1:4001', '127.0.0.1:4002'];
    expect(why({ connectedFrom })).toContain('  clients  2 connections: 127.0.0.1:4001, 127.0.0.1:4002\n');
  });

  it('says that UDP is no obstacle', () => {
    expect(why({ udp: [{ address: '0.0.0.0', pids: [7] }] })).toContain(
      'note: UDP 0.0.0.0 has the same number, held by 7; it does not block TCP\n',
    );
  });

  it('ends with the notes', () => {
    expect(why({ notes: ['mind the gap'] })).toMatch(/\n\nnote: mind the gap\n$/);
  });
});
