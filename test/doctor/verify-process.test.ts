import { describe, expect, it } from 'vitest';
import { verify } from '../../src/doctor/verify.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Plan, StepStatus, Verdict } from '../../src/model/plan.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { aLeftover } from '../helpers/a-leftover.ts';
import { aProcess } from '../helpers/a-process.ts';
import { aFinding } from '../helpers/a-snapshot.ts';
import { fakeHost } from '../helpers/fake-platform.ts';
import { aPlan, endingStep } from '../plan/a-step.ts';

const server = aProcess();
const orphan = aLeftover(server);
const stale = aLeftover(server, 'possible');

const planFor = (...findings: readonly Finding[]): Plan =>
  aPlan(endingStep([server], { resolves: findings.map(({ id }) => id) }));

const look = (
  findings: readonly Finding[],
  status: StepStatus,
  running: readonly ProcessInfo[],
  plan: Plan = planFor(...findings),
): Promise<readonly Verdict[]> => {
  const host = fakeHost(running);
  const results = plan.steps.map(({ id }) => ({ step: id, status, detail: '' }));
  return verify(findings, plan, results, [server], host.platform, host.clock);
};

describe('a process that was itself the finding', () => {
  it.each<[string, readonly ProcessInfo[]]>([
    ['is no more', []],
    ['waits only for its parent to take notice', [{ ...server, state: 'zombie' }]],
    ['left its pid to another', [{ ...server, startedAt: server.startedAt + 10 }]],
  ])('is resolved where it %s', async (_, running) => {
    expect(await look([orphan], 'done', running)).toEqual([
      { finding: 'orphan-process:100', status: 'resolved', detail: '100 has ended' },
    ]);
  });

  it.each<StepStatus>(['done', 'failed', 'withheld', 'declined'])(
    'persists where it is still there, and the step was %s',
    async (status) => {
      expect(await look([orphan], status, [server])).toEqual([
        { finding: 'orphan-process:100', status: 'persists', detail: '100 is still there' },
      ]);
    },
  );

  it('is asked for at once, and no port is bound for it', async () => {
    const host = fakeHost([server]);
    await verify([orphan], planFor(orphan), [{ step: '1', status: 'done', detail: '' }], [], host.platform, host.clock);
    expect({ now: host.clock.now(), bound: host.bound, looked: host.looked }).toEqual({
      now: 0,
      bound: [],
      looked: [],
    });
  });
});

describe('what was only told', () => {
  it.each<StepStatus>(['withheld', 'declined'])(
    'has no verdict where nothing was done about it: %s',
    async (status) => {
      expect(await look([stale], status, [server])).toEqual([]);
    },
  );

  it.each<[StepStatus, readonly ProcessInfo[], Verdict['status']]>([
    ['done', [], 'resolved'],
    ['failed', [server], 'persists'],
  ])('has a verdict where somebody chose it, and the step was %s', async (status, running, expected) => {
    expect(await look([stale], status, running)).toMatchObject([{ finding: 'stale-process:100', status: expected }]);
  });

  it('has none for what was done about another', async () => {
    const other = aLeftover(aProcess({ pid: 300 }), 'possible');
    const plan = aPlan(
      endingStep([server], { id: '1', resolves: [orphan.id] }),
      endingStep([aProcess({ pid: 300 })], { id: '2', resolves: [other.id] }),
    );
    const host = fakeHost([]);
    const results = [
      { step: '1', status: 'done', detail: '' },
      { step: '2', status: 'declined', detail: '' },
    ] as const;
    const verdicts = await verify([orphan, other], plan, results, [], host.platform, host.clock);
    expect(verdicts.map(({ finding }) => finding)).toEqual([orphan.id]);
  });

  it('has none where no step is planned for it', async () => {
    expect(await look([orphan, stale], 'done', [server], aPlan())).toEqual([]);
  });

  it('leaves a port of the same severity its verdict', async () => {
    const port = aFinding([server], { severity: 'info' });
    expect(await look([port], 'declined', [], aPlan())).toMatchObject([{ finding: port.id, status: 'resolved' }]);
  });
});
