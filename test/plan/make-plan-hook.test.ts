import { describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../src/model/process.ts';
import type { Remedy } from '../../src/model/remedy.ts';
import { makePlan, type Policy } from '../../src/plan/make-plan.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aFinding, NOW, SELF } from '../helpers/a-snapshot.ts';
import { terminating } from './a-step.ts';

const npm = running('npm run dev', { pid: 100, parentPid: 1 });
const sh = running('sh -c vite', { pid: 101, parentPid: 100 });
const server = running('node vite.js', { pid: 102, parentPid: 101 });
const bundler = running('esbuild --service', { pid: 103, parentPid: 102 });
const TREE = [npm, sh, server, bundler];

const HOOK: Policy = { selfPid: SELF, uid: 1000, protect: [], force: false, ownPastOf: '/home/dev/shop' };

const steps = (
  holders: readonly ProcessInfo[],
  remedy: Remedy,
  processes: readonly ProcessInfo[],
  policy: Partial<Policy> = {},
) => makePlan([aFinding(holders, { remedies: [remedy] })], processes, { ...HOOK, ...policy }, NOW).steps;

describe('in a hook, where only the project’s own past may end', () => {
  const elsewhere = { path: '/home/dev/blog', deleted: false };

  it('ends what the project left behind', () => {
    expect(steps([server], terminating(npm), TREE)[0]?.consent).toBe('ask');
  });

  it('ends a script of the project that runs in another folder', () => {
    const away = aProcess({ cwd: { path: '/', deleted: false }, command: ['node', '/home/dev/shop/server.js'] });
    expect(steps([away], terminating(away), [away])[0]?.consent).toBe('ask');
  });

  it.each([
    ['and says where it runs', { cwd: elsewhere }, '102 is not of this project, it runs in /home/dev/blog'],
    ['and says no more where its folder cannot be read', { cwd: null }, '102 is not of this project'],
  ])('refuses a stranger, %s', (_, said, refusal) => {
    const stranger = { ...server, ...said };
    expect(steps([stranger], terminating(stranger), [stranger])[0]).toMatchObject({ consent: 'refuse', refusal });
  });

  it('refuses where one of several holders is a stranger', () => {
    const stranger = { ...bundler, cwd: elsewhere };
    const [step] = steps([server, stranger], terminating(npm), [npm, sh, server, stranger]);
    expect(step).toMatchObject({ consent: 'refuse', refusal: '103 is not of this project, it runs in /home/dev/blog' });
  });

  it('refuses a holder that can no longer be asked where it runs', () => {
    expect(steps([server, aProcess({ pid: 404 })], terminating(npm), TREE)[0]?.consent).toBe('refuse');
  });

  it('refuses a managed service, which runs on purpose', () => {
    const base = { risk: 'disruptive', rationale: 'kept', commands: [] } as const;
    const stop: Remedy = {
      ...base,
      kind: 'stop-with-manager',
      manager: 'pm2',
      unit: 'api',
      run: ['pm2', 'stop', 'api'],
    };
    expect(steps([server], stop, TREE)[0]).toMatchObject({
      consent: 'refuse',
      refusal: 'pm2 keeps it alive on purpose',
    });
  });

  it('has no last resort, even with --force', () => {
    const last: Remedy = { kind: 'kill-by-port', risk: 'destructive', rationale: 'last', commands: [], port: 3000 };
    expect(steps([], last, [], { force: true })).toEqual([]);
    expect(steps([], last, [], { force: true, ownPastOf: null })).toHaveLength(1);
  });
});
