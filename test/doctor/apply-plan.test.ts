import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/doctor/apply-plan.ts';
import { drawPlan } from '../../src/doctor/draw-plan.ts';
import type { Plan, Step, StepResult } from '../../src/model/plan.ts';
import { refOf } from '../../src/model/process.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aContext, aFinding, aSocket, heldBy, SELF } from '../helpers/a-snapshot.ts';
import { aPlan, aStep, endingStep, terminating } from '../plan/a-step.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const AUTHORITY = { selfPid: SELF, uid: 1000, protect: [] };
const server = aProcess();

interface Applied {
  readonly results: readonly StepResult[];
  readonly journal: readonly Step[];
}

const apply = async (host: FakeHost, plan: Plan, consented: readonly string[] = ['1']): Promise<Applied> => {
  const journal: Step[] = [];
  const results = await applyPlan(plan, new Set(consented), host.platform, host.clock, AUTHORITY, (step) => {
    journal.push(step);
    host.ran.push(`journal ${step.id}`);
  });
  return { results, journal };
};

describe('a step', () => {
  it('that is refused is withheld with its reason, even with consent', async () => {
    const host = fakeHost([server]);
    const step = endingStep([server], { consent: 'refuse', refusal: 'it is a process of root' });
    expect(await apply(host, aPlan(step))).toEqual({
      results: [{ step: '1', status: 'withheld', detail: 'it is a process of root' }],
      journal: [],
    });
    expect(host.signals).toEqual([]);
  });

  it('that asks and gets no consent is declined', async () => {
    const host = fakeHost([server]);
    expect(await apply(host, aPlan(endingStep([server])), [])).toEqual({
      results: [{ step: '1', status: 'declined', detail: 'no consent was given' }],
      journal: [],
    });
    expect(host.signals).toEqual([]);
  });

  it.each([
    ['certain', 'no consent was given'],
    ['likely', 'no person said yes to it, and --yes covers only what leaves no doubt'],
    ['possible', 'nobody chose it: it may be wanted'],
  ] as const)('that is %s and gets no consent says what it lacked', async (certainty, detail) => {
    const host = fakeHost([server]);
    const { results } = await apply(host, aPlan(endingStep([server], { certainty })), []);
    expect(results).toEqual([{ step: '1', status: 'declined', detail }]);
    expect(host.signals).toEqual([]);
  });

  it.each(['certain', 'likely', 'possible'] as const)('that is %s is taken with consent', async (certainty) => {
    const host = fakeHost([server]);
    const { results } = await apply(host, aPlan(endingStep([server], { certainty })));
    expect(results).toMatchObject([{ status: 'done' }]);
  });

  it('that needs no consent is taken without', async () => {
    const host = fakeHost([server]);
    const { results } = await apply(host, aPlan(endingStep([server], { consent: 'not-needed' })), []);
    expect(results).toMatchObject([{ status: 'done' }]);
    expect(host.signals).toEqual(['SIGTERM 100']);
  });

  it('whose guard fails is withheld, with consent or not, and nothing is signalled', async () => {
    const host = fakeHost([server]);
    const guards = [{ kind: 'still-listening', port: 3000, owners: [refOf(server)] }] as const;
    expect(await apply(host, aPlan(endingStep([server], { guards })))).toEqual({
      results: [{ step: '1', status: 'withheld', detail: '100 no longer listens on port 3000' }],
      journal: [],
    });
    expect(host.signals).toEqual([]);
  });

  it('that only a person can take is withheld', async () => {
    const { results } = await apply(fakeHost([]), aPlan(aStep()));
    expect(results).toEqual([{ step: '1', status: 'withheld', detail: 'only a person can do this' }]);
  });
});

describe('the journal', () => {
  it('is told of what was ended, before the next step begins', async () => {
    const other = aProcess({ pid: 200 });
    const host = fakeHost([server, other]);
    const stop = aStep({
      id: '2',
      remedy: {
        ...terminating(other),
        kind: 'stop-with-manager',
        manager: 'pm2',
        unit: 'x',
        run: ['pm2', 'stop', 'x'],
      },
    });
    const plan = aPlan(endingStep([server]), stop);
    expect((await apply(host, plan, ['1', '2'])).journal).toEqual(plan.steps.slice(0, 1));
    expect(host.ran).toEqual(['journal 1', 'pm2 stop x']);
  });

  it('is not told of what did not end', async () => {
    const host = fakeHost([server]);
    host.undying.add(100);
    const { results, journal } = await apply(host, aPlan(endingStep([server])));
    expect(results).toMatchObject([{ status: 'failed' }]);
    expect(journal).toEqual([]);
  });

  it('is not told of what a manager stopped or the last resort ended', async () => {
    const remedy = { kind: 'kill-by-port', risk: 'destructive', rationale: 'last', commands: [], port: 3000 } as const;
    const host = fakeHost([], [aSocket()]);
    expect((await apply(host, aPlan(aStep({ remedy })))).journal).toEqual([]);
    expect(host.ran).toEqual(['kill-port 3000']);
  });
});

describe('what a plan leaves out because it is protected', () => {
  it.each([
    [
      'a daemon of PM2',
      aProcess({ pid: 101, parentPid: 100, name: 'PM2 v6.0.8: God', command: ['PM2 v6.0.8: God Daemon (/x)'] }),
    ],
    ['an editor', running('nvim notes', { pid: 101, parentPid: 100 })],
    ['a process of another user', aProcess({ pid: 101, parentPid: 100, uid: 0, user: 'root' })],
  ])('gets no signal although it lies below what ends: %s', async (_, spared) => {
    const below = aProcess({ pid: 102, parentPid: 101 });
    const self = running('node devdoctor', { pid: SELF });
    const host = fakeHost([server, spared, below, self], [heldBy([server])]);
    host.stubborn.add(100);
    const finding = aFinding([server], { remedies: [terminating(server)] });
    const diagnosis = {
      findings: [finding],
      outcomes: [],
      processes: [server, self],
      snapshot: { takenAt: aContext().now, platform: 'linux', readings: {} },
    } as const;
    const { plan } = await drawPlan(diagnosis, { ...AUTHORITY, force: false, ownPastOf: null }, host.platform);
    expect((await apply(host, plan)).results).toMatchObject([{ status: 'done' }]);
    expect(host.signals.filter((signal) => signal.endsWith(' 101'))).toEqual([]);
  });
});
