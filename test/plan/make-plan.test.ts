import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { makePlan, type Policy } from '../../src/plan/make-plan.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aFinding, NOW, SELF } from '../helpers/a-snapshot.ts';

const shell = running('bash', { pid: 4000 });
const self = running('node devdoctor', { pid: SELF, parentPid: 4000 });
const npm = running('npm run dev', { pid: 100, parentPid: 1 });
const sh = running('sh -c vite', { pid: 101, parentPid: 100 });
const server = running('node vite.js', { pid: 102, parentPid: 101 });
const bundler = running('esbuild --service', { pid: 103, parentPid: 102 });
const TREE = [npm, sh, server, bundler];

const POLICY: Policy = { selfPid: SELF, uid: 1000, protect: [], force: false, ownPastOf: null };

const terminate = (target: ProcessInfo, tree = true): Remedy => ({
  kind: 'terminate',
  certainty: 'certain',
  risk: 'disruptive',
  rationale: 'ends it',
  commands: ['devdoctor fix'],
  target: refOf(target),
  tree,
  graceMs: 3_000,
});

const stopWith = (unit: string): Remedy => ({
  kind: 'stop-with-manager',
  risk: 'disruptive',
  rationale: 'pm2 keeps it alive',
  commands: [`pm2 stop ${unit}`],
  manager: 'pm2',
  unit,
  run: ['pm2', 'stop', unit],
});

const manual: Remedy = { kind: 'manual', risk: 'safe', rationale: 'why', commands: ['true'], instructions: 'do' };
const lastResort: Remedy = { kind: 'kill-by-port', risk: 'destructive', rationale: 'last', commands: [], port: 3000 };

const finding = (port: number, holders: readonly ProcessInfo[], ...remedies: readonly Remedy[]): Finding =>
  aFinding(holders, { remedies }, { port });

const plan = (findings: readonly Finding[], processes: readonly ProcessInfo[], policy: Partial<Policy> = {}) =>
  makePlan(findings, [shell, self, ...processes], { ...POLICY, ...policy }, NOW);

describe('the step that ends a tree', () => {
  const { steps, leftToYou, basedOn } = plan([finding(3000, [server], terminate(npm))], TREE);

  it('ends the tree leaf first, and says what it is', () => {
    expect(steps).toMatchObject([
      {
        id: '1',
        consent: 'ask',
        refusal: null,
        title: 'end 100 npm run dev and its 3 children',
        resolves: ['port-occupied:tcp:3000'],
      },
    ]);
    expect(steps[0]?.members).toEqual([
      { ...refOf(bundler), label: 'esbuild --service' },
      { ...refOf(server), label: 'node vite.js' },
      { ...refOf(sh), label: 'sh -c vite' },
      { ...refOf(npm), label: 'npm run dev' },
    ]);
    expect({ leftToYou, basedOn }).toEqual({ leftToYou: [], basedOn: NOW });
  });

  it('guards the identity of each member, its protection, and that the holder still listens', () => {
    expect(steps[0]?.guards).toEqual([
      { kind: 'same-process', ref: refOf(bundler), command: 'esbuild --service' },
      { kind: 'same-process', ref: refOf(server), command: 'node vite.js' },
      { kind: 'same-process', ref: refOf(sh), command: 'sh -c vite' },
      { kind: 'same-process', ref: refOf(npm), command: 'npm run dev' },
      { kind: 'not-protected', refs: [bundler, server, sh, npm].map(refOf) },
      { kind: 'still-listening', port: 3000, owners: [refOf(server)] },
    ]);
  });

  it('remembers how to start the root again', () => {
    expect(steps[0]?.relaunch).toMatchObject({ command: ['npm', 'run', 'dev'], cwd: '/home/dev/shop' });
  });

  it.each([
    ['one process', [server], 'end 102 node vite.js'],
    ['a process with one child', [server, bundler], 'end 102 node vite.js and its 1 child'],
  ])('counts the children of %s', (_, processes, title) => {
    expect(plan([finding(3000, [server], terminate(server))], processes).steps[0]?.title).toBe(title);
  });

  it('ends the root alone where the remedy says so', () => {
    const step = plan([finding(3000, [server], terminate(server, false))], TREE).steps[0];
    expect(step?.members.map(({ pid }) => pid)).toEqual([102]);
  });

  it('leaves protected members out, of the deed and of the guards', () => {
    const god = aProcess({ pid: 104, parentPid: 102, name: 'PM2 v6.0.8: God', command: ['PM2 v6.0.8: God Daemon'] });
    const editor = running('nvim notes', { pid: 105, parentPid: 101 });
    const foreign = aProcess({ pid: 106, parentPid: 102, uid: 0, user: 'root' });
    const [step] = plan([finding(3000, [server], terminate(npm))], [...TREE, god, editor, foreign]).steps;
    expect(step?.members.map(({ pid }) => pid)).toEqual([103, 102, 101, 100]);
    expect(JSON.stringify(step?.guards)).not.toMatch(/10[456]/);
    expect(step?.spared.map(({ pid }) => pid).toSorted((a, b) => a - b)).toEqual([104, 105, 106]);
    expect(step?.consent).toBe('ask');
  });

  it('leaves out what lies below a protected member: it is the editor’s, not the server’s', () => {
    const editor = running('nvim notes', { pid: 105, parentPid: 101 });
    const plugin = running('node language-server.js', { pid: 106, parentPid: 105 });
    const [step] = plan([finding(3000, [server], terminate(npm))], [...TREE, editor, plugin]).steps;
    expect(step?.members.map(({ pid }) => pid)).toEqual([103, 102, 101, 100]);
  });

  it('shows no control character of theirs', () => {
    const evil = aProcess({ pid: 102, command: ['node', '\u001B[2Jx\n\u202E'] });
    const [step] = plan([finding(3000, [evil], terminate(evil))], [evil]).steps;
    expect([step?.title, ...(step?.members.map(({ label }) => label) ?? [])].join(' ')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('a step that is refused', () => {
  it('says what makes the root one never to be touched', () => {
    const front = running('docker-proxy', { pid: 107 });
    const [step] = plan([finding(3000, [front], terminate(front))], [front]).steps;
    expect(step).toMatchObject({ consent: 'refuse', refusal: 'it publishes the port of a Docker container' });
  });

  it('names only the root of what it does not end', () => {
    const root = { ...npm, uid: 0, user: 'root' };
    const [step] = plan([finding(3000, [server], terminate(root))], [root, sh, server, bundler]).steps;
    expect(step).toMatchObject({ consent: 'refuse', refusal: 'it is a process of root', title: 'end 100 npm run dev' });
  });

  it.each([
    ['has gone', []],
    ['is another process now', [{ ...server, startedAt: server.startedAt + 10 }]],
  ])('says that a target %s', (_, processes) => {
    expect(plan([finding(3000, [server], terminate(server))], processes).steps).toMatchObject([
      {
        consent: 'refuse',
        refusal: 'it was gone before the plan was made',
        members: [],
        guards: [],
        resolves: ['port-occupied:tcp:3000'],
      },
    ]);
  });
});

describe('the other kinds of remedy', () => {
  it('asks a manager, guarded by who listens', () => {
    expect(plan([finding(3000, [server], stopWith('api'))], TREE).steps).toMatchObject([
      {
        title: 'stop api through pm2: pm2 stop api',
        consent: 'ask',
        members: [],
        relaunch: null,
        guards: [{ kind: 'still-listening', port: 3000, owners: [refOf(server)] }],
      },
    ]);
  });

  it('shows no control character in the title of a unit', () => {
    const [step] = plan([finding(3000, [server], stopWith('\u001B[2J\n\u202Eapi'))], TREE).steps;
    expect(step?.title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('leaves what only a person should do to the person, once', () => {
    const { steps, leftToYou } = plan([finding(3000, [], manual), finding(5000, [], manual)], []);
    expect(steps).toEqual([]);
    expect(leftToYou).toEqual([manual]);
  });

  it('offers the last resort only where it was asked for, and asks again', () => {
    const findings = [finding(3000, [], lastResort)];
    expect(plan(findings, [])).toMatchObject({ steps: [], leftToYou: [lastResort] });
    expect(plan(findings, [], { force: true })).toMatchObject({
      steps: [{ consent: 'ask', guards: [{ kind: 'still-unidentified', port: 3000 }], members: [] }],
      leftToYou: [],
    });
  });

  it('does not let --force touch what is protected', () => {
    const front = running('docker-proxy', { pid: 107 });
    expect(plan([finding(3000, [front], terminate(front))], [front], { force: true }).steps[0]?.consent).toBe('refuse');
  });
});
