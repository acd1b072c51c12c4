import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/doctor/diagnose.ts';
import { drawPlan } from '../../src/doctor/draw-plan.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import type { Policy } from '../../src/plan/make-plan.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aFinding, NOW, SELF } from '../helpers/a-snapshot.ts';
import { fakeHost } from '../helpers/fake-platform.ts';
import { terminating } from '../plan/a-step.ts';

const POLICY: Policy = { selfPid: SELF, uid: 1000, protect: [], force: false, ownPastOf: null };

const npm = running('npm run dev', { pid: 90 });
const server = aProcess({ parentPid: 90 });
const bundler = running('esbuild', { pid: 101, parentPid: 100 });
const self = running('node devdoctor', { pid: SELF });

const diagnosis = (...remedies: readonly Remedy[]): Diagnosis => ({
  snapshot: { takenAt: NOW, platform: 'linux', readings: {} },
  outcomes: [],
  findings: [aFinding([server], { remedies })],
  processes: [npm, server, self],
});

describe('drawing a plan', () => {
  it('reads what lies below the roots that would end', async () => {
    const { platform } = fakeHost([npm, server, bundler, self]);
    const { plan, processes } = await drawPlan(diagnosis(terminating(npm)), POLICY, platform);
    expect(plan.basedOn).toBe(NOW);
    expect(plan.steps[0]?.members.map(({ pid }) => pid)).toEqual([101, 100, 90]);
    expect(processes.map(({ pid }) => pid)).toEqual([90, 100, SELF, 101]);
  });

  it.each<[string, Remedy]>([
    ['what a person should do', { kind: 'manual', risk: 'safe', rationale: '', commands: [], instructions: '' }],
    ['one process alone', terminating(server, { tree: false })],
  ])('reads nothing more for %s', async (_, remedy) => {
    const descendants = () => {
      throw new Error('read in vain');
    };
    const { platform } = fakeHost([npm, server], [], { inspect: { descendants } });
    const { processes } = await drawPlan(diagnosis(remedy), POLICY, platform);
    expect(processes).toEqual([npm, server, self]);
  });

  it('plans with what is known where the rest cannot be read', async () => {
    const descendants = () => Promise.resolve(unreadable('not-permitted', 'EACCES'));
    const { platform } = fakeHost([npm, server, bundler, self], [], { inspect: { descendants } });
    const { plan } = await drawPlan(diagnosis(terminating(npm)), POLICY, platform);
    expect(plan.steps[0]?.members.map(({ pid }) => pid)).toEqual([100, 90]);
  });
});
