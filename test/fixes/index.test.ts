import { expect, it } from 'vitest';
import { applyStep } from '../../src/fixes/index.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { aProcess } from '../helpers/a-process.ts';
import { aStep, endingStep, terminating } from '../plan/a-step.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

const base = { risk: 'disruptive', rationale: 'why', commands: [] } as const;

it.each<[Remedy, readonly string[], readonly string[]]>([
  [terminating(aProcess()), ['SIGTERM 100'], []],
  [{ ...base, kind: 'stop-with-manager', manager: 'pm2', unit: 'x', run: ['pm2', 'stop', 'x'] }, [], ['pm2 stop x']],
  [{ ...base, kind: 'kill-by-port', port: 3000 }, [], ['kill-port 3000']],
  [{ ...base, kind: 'manual', instructions: 'do' }, [], []],
])('carries out a remedy by its own means: $kind', async (remedy, signals, ran) => {
  const host = fakeHost([aProcess()]);
  const step = remedy.kind === 'terminate' ? endingStep([aProcess()]) : aStep({ remedy });
  const { status } = await applyStep(step, host.platform, host.clock);
  expect({ signals: host.signals, ran: host.ran }).toEqual({ signals, ran });
  expect(status).toBe(remedy.kind === 'manual' ? 'withheld' : 'done');
});
