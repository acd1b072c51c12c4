import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/supervisor/state/records.ts';
import { detailOf, rowOf, UNMEASURED } from '../../../src/supervisor/state/row-of.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';

const RUN: RunRecord = {
  launch: 3,
  shim: { pid: 99, born: 4, boot: 'b' },
  main: { pid: 100, born: 5, boot: 'b' },
  startedAt: 1_000,
  isOn: true,
};
const FIGURES = { memoryBytes: 5_000, cpuPercent: 12, ports: [3_000], pids: [100, 101] };

describe('the row of a service', () => {
  it('that runs has its figures', () => {
    const record = aServiceRecord({ id: 4, status: 'online', run: RUN, ports: [9] });
    expect(rowOf(record, FIGURES, 61_000)).toMatchObject({
      id: 4,
      pid: 100,
      uptimeMs: 60_000,
      memoryBytes: 5_000,
      cpuPercent: 12,
      ports: [3_000],
    });
    expect(rowOf(record, UNMEASURED, 61_000)).toMatchObject({ memoryBytes: null, cpuPercent: null, ports: [9] });
  });

  it.each(['stopped', 'errored', 'waiting restart', 'blocked'] as const)('that is %s has none', (status) => {
    const record = aServiceRecord({ status, run: RUN, ports: [9] });
    const none = { pid: null, uptimeMs: null, memoryBytes: null, cpuPercent: null, ports: [] };
    expect(rowOf(record, FIGURES, 61_000)).toMatchObject(none);
    expect(detailOf(record, FIGURES, 61_000)).toMatchObject({ ...none, pids: [], startedAt: null });
  });

  it.each(['online', 'launching', 'stopping'] as const)('that is %s and whose run is over has none', (status) => {
    const record = aServiceRecord({ status, run: { ...RUN, isOn: false } });
    expect(rowOf(record, FIGURES, 61_000)).toMatchObject({ pid: null, uptimeMs: null, memoryBytes: null });
  });

  it('was never started in the future, though the clock was put back', () => {
    expect(rowOf(aServiceRecord({ status: 'online', run: RUN }), FIGURES, 10).uptimeMs).toBe(0);
  });

  it('tells who blocks it only while it is blocked, and why it is errored only while it is', () => {
    const blockedBy = { port: 1, holder: 'somebody', pid: null };
    const told = (status: 'blocked' | 'errored' | 'online'): object => {
      const row = rowOf(aServiceRecord({ status, blockedBy, reason: 'no folder' }), UNMEASURED, 0);
      return { blockedBy: row.blockedBy, reason: row.reason };
    };
    expect([told('blocked'), told('errored'), told('online')]).toEqual([
      { blockedBy, reason: null },
      { blockedBy: null, reason: 'no folder' },
      { blockedBy: null, reason: null },
    ]);
  });
});

it('the details of a service have the environment of its instance', () => {
  const spec = aServiceSpec({ env: { PORT: '3000', KEY: 'x' }, incrementVariable: 'PORT', cwd: '/srv' });
  const detail = detailOf(aServiceRecord({ spec, instance: 2, status: 'online', run: RUN }), FIGURES, 61_000);
  expect(detail.env).toEqual({ PORT: '3002', KEY: 'x', NODE_APP_INSTANCE: '2', PWD: '/srv' });
  expect(detail).toMatchObject({ instance: 2, startedAt: 1_000, pids: [100, 101] });
});
