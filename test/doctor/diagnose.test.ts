import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import type { Check, CheckContext } from '../../src/model/check.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { fakeHost } from '../helpers/fake-platform.ts';
import { ROOT } from '../helpers/paths.ts';

const server = aProcess({ cwd: { path: `${ROOT}/test/doctor`, deleted: false } });
const self = running('node devdoctor', { pid: SELF, controlGroup: '/session' });
const request = { checks, ports: [3000, 5000], project: ROOT, now: NOW };

describe('a diagnosis', () => {
  it('looks once, judges, and knows the project of each holder', async () => {
    const { platform } = fakeHost([server, self], [heldBy([server])]);
    const { findings, outcomes, processes, snapshot } = await diagnose(request, platform);
    expect(findings).toMatchObject([
      { id: 'port-occupied:tcp:3000', data: { holders: [{ pid: 100, project: ROOT }] } },
    ]);
    expect(outcomes).toMatchObject([{ status: 'found' }]);
    expect(processes.map(({ pid }) => pid)).toEqual([100, SELF]);
    expect(snapshot.takenAt).toBe(NOW);
  });

  it('knows no project of a folder that was removed', async () => {
    const gone = { ...server, cwd: { path: ROOT, deleted: true } };
    const { findings } = await diagnose(request, fakeHost([gone, self], [heldBy([gone])]).platform);
    expect(findings[0]?.data.holders[0]?.project).toBeNull();
  });

  it('gives the checks the command’s own pid, user and control group', async () => {
    const seen: CheckContext[] = [];
    const curious: Check = {
      id: 'curious',
      title: 'Curious',
      needs: [],
      examine: (_, context) => {
        seen.push(context);
        return [];
      },
    };
    const { platform } = fakeHost([server, self], [heldBy([server])]);
    await diagnose({ ...request, checks: [curious] }, platform);
    expect(seen).toMatchObject([{ selfPid: SELF, uid: 1000, selfControlGroup: '/session', project: ROOT, now: NOW }]);
  });

  it('has no findings and says why where it could not look', async () => {
    const port = () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE'));
    const { findings, outcomes } = await diagnose(request, fakeHost([], [], { inspect: { port } }).platform);
    expect(findings).toEqual([]);
    expect(outcomes).toEqual([{ status: 'skipped', check: 'port-occupied', because: 'EMFILE' }]);
  });
});
