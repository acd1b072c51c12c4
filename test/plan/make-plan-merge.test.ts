import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { running } from '../helpers/a-process.ts';
import { aFinding, NOW, SELF } from '../helpers/a-snapshot.ts';

const npm = running('npm run dev', { pid: 100 });
const api = running('node api.js', { pid: 101, parentPid: 100 });
const web = running('node web.js', { pid: 102, parentPid: 100 });
const other = running('node other.js', { pid: 200 });
const otherChild = running('node child.js', { pid: 201, parentPid: 200 });

const terminate = (target: ProcessInfo): Remedy => ({
  kind: 'terminate',
  certainty: 'certain',
  risk: 'disruptive',
  rationale: 'ends it',
  commands: [],
  target: refOf(target),
  tree: true,
  graceMs: 3_000,
});

const stopWith = (unit: string): Remedy => ({
  kind: 'stop-with-manager',
  risk: 'disruptive',
  rationale: 'kept alive',
  commands: [],
  manager: 'pm2',
  unit,
  run: ['pm2', 'stop', unit],
});

const found = (port: number, holders: readonly ProcessInfo[], ...remedies: readonly Remedy[]): Finding =>
  aFinding(holders, { remedies }, { port });

const steps = (...findings: readonly Finding[]) =>
  makePlan(
    findings,
    [npm, api, web, other, otherChild],
    { selfPid: SELF, uid: 1000, protect: [], force: false, ownPastOf: null },
    NOW,
  ).steps;

const listening = (port: number, ...owners: readonly ProcessInfo[]) => ({
  kind: 'still-listening',
  port,
  owners: owners.map(refOf),
});

describe('several remedies', () => {
  it('are one step where the holders of one port are of one tree', () => {
    const plan = steps(found(3000, [api, web], terminate(npm), terminate(npm)));
    expect(plan).toMatchObject([{ id: '1', resolves: ['port-occupied:tcp:3000'] }]);
    expect(plan[0]?.members.map(({ pid }) => pid)).toEqual([102, 101, 100]);
    expect(plan[0]?.guards.filter(({ kind }) => kind === 'still-listening')).toEqual([listening(3000, api, web)]);
  });

  it('are one step where one tree holds two ports, guarded by both', () => {
    const plan = steps(found(3000, [api], terminate(npm)), found(3001, [web], terminate(npm)));
    expect(plan).toMatchObject([{ resolves: ['port-occupied:tcp:3000', 'port-occupied:tcp:3001'] }]);
    expect(plan[0]?.guards.slice(-2)).toEqual([listening(3000, api), listening(3001, web)]);
    expect(plan[0]?.guards.filter(({ kind }) => kind === 'same-process')).toHaveLength(3);
  });

  it.each([
    ['the smaller was found first', [found(3001, [web], terminate(web)), found(3000, [api], terminate(npm))]],
    ['the larger was found first', [found(3000, [api], terminate(npm)), found(3001, [web], terminate(web))]],
  ])('are one step where one tree lies in the other, and %s', (_, findings) => {
    const plan = steps(...findings);
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatchObject({ remedy: { target: refOf(npm) } });
    expect(plan[0]?.resolves.toSorted()).toEqual(['port-occupied:tcp:3000', 'port-occupied:tcp:3001']);
  });

  it('are two steps for two trees on one port, each guarded by its own holder', () => {
    const plan = steps(found(3000, [web, otherChild], terminate(web), terminate(other)));
    expect(plan.map(({ id, remedy }) => [id, remedy])).toMatchObject([
      ['1', { target: refOf(other) }],
      ['2', { target: refOf(web) }],
    ]);
    expect(plan.map(({ guards }) => guards.at(-1))).toEqual([listening(3000, otherChild), listening(3000, web)]);
  });

  it('are one step where one manager stops one unit for two ports', () => {
    const plan = steps(found(3000, [api], stopWith('api')), found(3001, [web], stopWith('api')));
    expect(plan).toMatchObject([{ resolves: ['port-occupied:tcp:3000', 'port-occupied:tcp:3001'] }]);
    expect(plan[0]?.guards).toEqual([listening(3000, api), listening(3001, web)]);
  });

  it('are two steps for two units, and for a unit and a tree', () => {
    expect(steps(found(3000, [api], stopWith('api')), found(3001, [web], stopWith('web')))).toHaveLength(2);
    expect(steps(found(3000, [api], stopWith('api'), terminate(web)))).toHaveLength(2);
  });

  it('are numbered in the order of the steps', () => {
    const plan = steps(
      found(3000, [web], terminate(web)),
      found(4000, [other], terminate(other)),
      found(5000, [api], stopWith('x')),
    );
    expect(plan.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});
