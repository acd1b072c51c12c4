import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { diagnose, type DiagnosisRequest } from '../../src/doctor/diagnose.ts';
import { NO_PREFERENCES, type Check, type CheckContext } from '../../src/model/check.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';
import { ROOT } from '../helpers/paths.ts';

const server = aProcess({ cwd: { path: `${ROOT}/test/doctor`, deleted: false } });
const self = running('node devdoctor', { pid: SELF, controlGroup: '/session' });
const about = checks.filter(({ needs }) => needs.includes('ports'));

const request = ({ clock }: FakeHost, said: Partial<DiagnosisRequest> = {}): DiagnosisRequest => ({
  checks: about,
  ports: [3000, 5000],
  project: ROOT,
  preferences: NO_PREFERENCES,
  series: [],
  clock: { ...clock, now: () => NOW + clock.now() },
  ...said,
});

describe('a diagnosis', () => {
  it('looks once, judges, and knows the project of each holder', async () => {
    const host = fakeHost([server, self], [heldBy([server])]);
    const { findings, outcomes, processes, snapshot } = await diagnose(request(host), host.platform);
    expect(findings).toMatchObject([
      { id: 'port-occupied:tcp:3000', data: { holders: [{ pid: 100, project: ROOT }] } },
    ]);
    expect(outcomes).toMatchObject([{ status: 'found' }]);
    expect(processes.map(({ pid }) => pid)).toEqual([100, SELF]);
    expect(snapshot.takenAt).toBe(NOW);
  });

  it('knows no project of a folder that was removed', async () => {
    const gone = { ...server, cwd: { path: ROOT, deleted: true } };
    const host = fakeHost([gone, self], [heldBy([gone])]);
    const { findings } = await diagnose(request(host), host.platform);
    expect(findings).toMatchObject([{ data: { holders: [{ pid: gone.pid, project: null }] } }]);
  });

  it('gives the checks the command’s own pid, user and control group', async () => {
    const seen: CheckContext[] = [];
    const curious: Check = {
      id: 'curious',
      title: 'Curious',
      needs: ['processes'],
      examine: (_, context) => {
        seen.push(context);
        return [];
      },
    };
    const host = fakeHost([server, self], [heldBy([server])]);
    const preferences = { maxMemoryBytes: 5, services: [], protect: ['redis'], minAgeMs: 7 };
    await diagnose(request(host, { checks: [curious], preferences }), host.platform);
    expect(seen).toMatchObject([
      { selfPid: SELF, uid: 1000, selfControlGroup: '/session', project: ROOT, now: NOW, ...preferences },
    ]);
  });

  it('judges left-overs with the project of each, and hands on the processes it saw', async () => {
    const init = running('systemd', { pid: 1, parentPid: 0, sessionId: 1, uid: 0 });
    const left = { ...server, sessionId: 99 };
    const closed = { kind: 'terminal', path: '/dev/pts/3', abandoned: true, inherited: false } as const;
    const host = fakeHost([init, left, self]);
    host.traces.set(left.pid, { streams: [closed, closed, closed] });
    const wanted = checks.filter(({ id }) => id === 'orphan-process');
    const { findings, processes } = await diagnose(request(host, { checks: wanted }), host.platform);
    expect(findings).toMatchObject([{ id: 'orphan-process:100', data: { project: ROOT, ports: [] } }]);
    expect(processes.map(({ pid }) => pid)).toContain(100);
    expect(host.bound).toEqual([]);
  });

  it('has no findings and says why where it could not look', async () => {
    const port = () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE'));
    const host = fakeHost([], [], { inspect: { port } });
    const { findings, outcomes } = await diagnose(request(host), host.platform);
    expect(findings).toEqual([]);
    expect(outcomes).toEqual([{ status: 'skipped', check: 'port-occupied', because: 'EMFILE' }]);
  });
});
