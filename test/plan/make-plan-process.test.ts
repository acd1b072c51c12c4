import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import type { Certainty, StopWithManagerRemedy } from '../../src/model/remedy.ts';
import { makePlan, type Policy } from '../../src/plan/make-plan.ts';
import { running } from '../helpers/a-process.ts';
import { aLeftover } from '../helpers/a-leftover.ts';
import { aFinding, NOW, SELF } from '../helpers/a-snapshot.ts';
import { terminating } from './a-step.ts';

const sh = running('sh -c vite', { pid: 101, parentPid: 1 });
const server = running('node vite.js', { pid: 102, parentPid: 101 });
const bundler = running('esbuild --service', { pid: 103, parentPid: 102 });
const TREE = [sh, server, bundler];

const POLICY: Policy = { selfPid: SELF, uid: 1000, protect: [], force: false, ownPastOf: null };

const steps = (findings: readonly Finding[], policy: Partial<Policy> = {}, processes: readonly ProcessInfo[] = TREE) =>
  makePlan(findings, processes, { ...POLICY, ...policy }, NOW).steps;

const held = aFinding([server], { remedies: [terminating(sh)] });

describe('a step against a process that is itself the finding', () => {
  it('is guarded by what each member is and by no port, though the tree listens on one', () => {
    expect(steps([aLeftover(sh)])[0]?.guards).toEqual([
      { kind: 'same-process', ref: refOf(bundler), command: 'esbuild --service' },
      { kind: 'same-process', ref: refOf(server), command: 'node vite.js' },
      { kind: 'same-process', ref: refOf(sh), command: 'sh -c vite' },
      { kind: 'not-protected', refs: [bundler, server, sh].map(refOf) },
    ]);
  });

  it.each<Certainty>(['certain', 'likely', 'possible'])('is as sure as its remedy: %s', (certainty) => {
    expect(steps([aLeftover(sh, certainty)])).toMatchObject([{ certainty, consent: 'ask' }]);
  });

  it('is refused, and certain, where it ended before the plan was made', () => {
    expect(steps([aLeftover(sh, 'likely')], {}, [])).toMatchObject([{ consent: 'refuse', certainty: 'certain' }]);
  });

  it('is certain where a manager is asked, and guarded by no port', () => {
    const stop: StopWithManagerRemedy = {
      kind: 'stop-with-manager',
      risk: 'disruptive',
      rationale: 'kept alive',
      commands: [],
      manager: 'pm2',
      unit: 'web',
      run: ['pm2', 'stop', 'web'],
    };
    expect(steps([aLeftover(sh, 'likely', { remedies: [stop] })])).toMatchObject([
      { certainty: 'certain', guards: [] },
    ]);
  });

  it('is certain where it is the last resort', () => {
    const remedy = { kind: 'kill-by-port', risk: 'destructive', rationale: 'last', commands: [], port: 3000 } as const;
    expect(steps([aFinding([], { remedies: [remedy] })], { force: true })).toMatchObject([{ certainty: 'certain' }]);
  });
});

describe('a port and a left-over of one tree', () => {
  it('are one step, guarded by the port, that resolves both', () => {
    for (const findings of [
      [held, aLeftover(sh, 'likely')],
      [aLeftover(sh, 'likely'), held],
    ]) {
      const [step, ...more] = steps(findings);
      expect(more).toEqual([]);
      expect(step).toMatchObject({ certainty: 'certain' });
      expect(step?.resolves.toSorted()).toEqual(['orphan-process:101', 'port-occupied:tcp:3000']);
      expect(step?.guards.at(-1)).toEqual({ kind: 'still-listening', port: 3000, owners: [refOf(server)] });
    }
  });

  it('do not let what is only possible grow onto what is certain', () => {
    const narrow = aFinding([server], { remedies: [terminating(server)] });
    const merged = steps([aLeftover(sh, 'possible'), narrow]);
    expect(merged.map(({ members }) => members.map(({ pid }) => pid))).toEqual([[103, 102]]);
    expect(merged[0]).toMatchObject({ certainty: 'certain', resolves: [narrow.id, 'stale-process:101'] });
  });
});

describe('in a hook, where only the project’s own past may end', () => {
  const own = { ownPastOf: '/home/dev/shop' };
  const elsewhere = { path: '/home/dev/blog', deleted: false };

  it('ends a left-over of the project', () => {
    expect(steps([aLeftover(sh)], own)).toMatchObject([{ consent: 'ask', refusal: null }]);
  });

  it('refuses a stranger, and says where it runs now, not where the finding says', () => {
    const stranger = { ...sh, cwd: elsewhere };
    const finding = aLeftover(stranger, 'certain', {}, { cwd: '/home/dev/shop' });
    expect(steps([finding], own, [stranger, server, bundler])).toMatchObject([
      { consent: 'refuse', refusal: '101 is not of this project, it runs in /home/dev/blog' },
    ]);
  });

  it('says no more of a stranger whose folder cannot be read', () => {
    const stranger = { ...sh, cwd: null };
    expect(steps([aLeftover(stranger)], own, [stranger])).toMatchObject([{ refusal: '101 is not of this project' }]);
  });

  it('shows no control character of the folder of a stranger', () => {
    const stranger = { ...sh, cwd: { path: '/x\u001B[2J\n\u202E', deleted: false } };
    expect(steps([aLeftover(stranger)], own, [stranger])[0]?.refusal).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
