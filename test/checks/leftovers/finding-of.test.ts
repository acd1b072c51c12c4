import { describe, expect, it } from 'vitest';
import { orphanProcess } from '../../../src/checks/orphan-process.ts';
import { staleProcess } from '../../../src/checks/stale-process.ts';
import { isProcessFinding, type LeftoverFinding } from '../../../src/model/finding.ts';
import { running } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import { contextOf, factsOf, GONE, HOUR, LONELY, NULL, ROOT_PID, tracesOf, type Said } from './a-situation.ts';

const found = (said: Said, check = orphanProcess): LeftoverFinding => {
  const [finding] = [...check.examine({ leftovers: factsOf(said) }, contextOf(said))];
  if (finding === undefined || !isProcessFinding(finding) || finding.check === 'memory-overrun')
    throw new Error('this situation is found');
  return finding;
};

const SHELL = {
  command: ['sh', '-c', 'node server.js'],
  name: 'sh',
  environment: { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'node server.js' },
};
const SERVER = running('node server.js', { pid: 101, parentPid: ROOT_PID, startedAt: NOW - HOUR + 10 });
const TREE: Said = {
  root: { ...SHELL, sessionId: GONE },
  below: [SERVER],
  traces: { ports: [] },
  tracesBelow: [tracesOf(SERVER, { ports: [9229, 3000] })],
  candidate: { busy: false, treeBytes: 157_286_400 },
};

describe('a left-behind tree', () => {
  it('is one finding, named by the server and carried by the root', () => {
    const finding = found(TREE);
    expect(finding).toMatchObject({
      id: 'orphan-process:100',
      check: 'orphan-process',
      severity: 'warning',
      subject: { kind: 'process', pid: ROOT_PID },
      summary: '101 node server.js was left behind: the package runner of its script "dev" was killed',
    });
    expect(finding.data).toEqual({
      pid: ROOT_PID,
      startedAt: NOW - HOUR,
      command: 'sh -c node server.js',
      cwd: '/home/dev/shop',
      project: '/home/dev/shop',
      score: 100,
      evidence: [
        'the package runner of its script "dev" was killed',
        'whoever started it is gone: 1 systemd took it over',
        'the session it was started in has ended (its leader was 77)',
        'it has no connections, and was idle when it was watched',
      ],
      blockedBy: [],
      ports: [3000, 9229],
      members: [
        { pid: ROOT_PID, startedAt: NOW - HOUR },
        { pid: 101, startedAt: NOW - HOUR + 10 },
      ],
      treeBytes: 157_286_400,
      decisive: false,
    });
  });

  it('tells the facts, then what else was seen and where', () => {
    expect(found(TREE).evidence).toEqual([
      { text: '/home/dev/shop', source: 'facts' },
      { text: 'up 1 h', source: 'facts' },
      { text: '2 processes', source: 'facts' },
      { text: '150 MB', source: 'facts' },
      { text: 'listens on 3000, 9229', source: 'facts' },
      { text: 'whoever started it is gone: 1 systemd took it over', source: 'process 100' },
      { text: 'the session it was started in has ended (its leader was 77)', source: 'process 100' },
      { text: 'it has no connections, and was idle when it was watched', source: 'process 100' },
    ]);
  });

  it('is ended as a tree, by identity, politely', () => {
    expect(found(TREE).remedies).toEqual([
      {
        kind: 'terminate',
        certainty: 'likely',
        risk: 'disruptive',
        rationale: `left behind: ${found(TREE).data.evidence[0]}`,
        commands: ['devdoctor fix --only orphan-process'],
        target: { pid: ROOT_PID, startedAt: NOW - HOUR },
        tree: true,
        graceMs: 3_000,
      },
    ]);
  });

  it('keeps quiet about what could not be read, and about one process or no port', () => {
    const { evidence, data } = found({ streams: [LONELY, LONELY, NULL] });
    expect(evidence.filter(({ source }) => source === 'facts').map(({ text }) => text)).toEqual([
      '/home/dev/shop',
      'up 1 h',
    ]);
    expect(data).toMatchObject({ ports: [], treeBytes: null });
  });

  it('tells a removed folder once, as what speaks for it', () => {
    const { evidence, data, summary, remedies } = found({ root: { cwd: { path: '/home/dev/shop', deleted: true } } });
    expect(summary).toContain('its folder /home/dev/shop was removed');
    expect(evidence.map(({ text }) => text)).not.toContain('/home/dev/shop');
    expect(data).toMatchObject({ cwd: '/home/dev/shop', decisive: true });
    expect(remedies).toMatchObject([
      { certainty: 'certain', rationale: 'left behind: its folder /home/dev/shop was removed' },
    ]);
  });

  it('has no project where its folder is not known', () => {
    const said: Said = { root: { cwd: null, command: ['esbuild', '--service=1'] }, streams: [LONELY, NULL, NULL] };
    expect(found(said).data).toMatchObject({ cwd: null, project: null });
  });

  it('counts a port of two processes once', () => {
    const said: Said = { ...TREE, traces: { ports: [3000] } };
    expect(found(said).data.ports).toEqual([3000, 9229]);
  });

  it('is named by its root where none of it is known to do the work', () => {
    const { summary } = found({ root: { ...SHELL, sessionId: GONE } });
    expect(summary).toMatch(/^100 sh /);
  });
});

describe('a tree that may have been left behind', () => {
  const STALE: Said = { candidate: { busy: false } };

  it('is told, and is possible at most', () => {
    expect(found(STALE, staleProcess)).toMatchObject({
      id: 'stale-process:100',
      check: 'stale-process',
      severity: 'info',
      summary: '100 node server.js may have been left behind: whoever started it is gone: 1 systemd took it over',
      remedies: [
        {
          certainty: 'possible',
          rationale: 'possibly left behind: whoever started it is gone: 1 systemd took it over',
          commands: ['devdoctor fix --only stale-process'],
        },
      ],
    });
  });

  it('is possible even where an item is decisive', () => {
    const said: Said = {
      root: { command: ['node', '/home/dev/shop/node_modules/mcp-files/index.js'], sessionId: ROOT_PID },
      streams: [LONELY, NULL, NULL],
    };
    expect(found(said, staleProcess).data).toMatchObject({ score: 50, decisive: true });
    expect(found(said, staleProcess).remedies).toMatchObject([{ certainty: 'possible' }]);
  });
});
