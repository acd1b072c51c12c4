import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { diagnose, type DiagnosisRequest } from '../../src/doctor/diagnose.ts';
import { NO_PREFERENCES, type Check, type CheckContext } from '../../src/model/check.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';
import { ROOT } from '../helpers/paths.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const server = aProcess({ cwd: { path: `${ROOT}/test/doctor`, deleted: false } });
const self = running('node devdoctor', { pid: SELF, controlGroup: '/session' });
const about = checks.filter(({ needs }) => needs.includes('ports'));

const request = ({ clock }: FakeHost, said: Partial<DiagnosisRequest> = {}): DiagnosisRequest => ({
  checks: about,
  ports: [3000, 5000],
  project: ROOT,
  preferences: NO_PREFERENCES,
  logs: null,
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
      needs: ['ports', 'processes'],
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

describe('a diagnosis of logs', () => {
  const loops = checks.filter(({ id }) => id === 'restart-loop');
  const CRASH = [
    'boot',
    'Error: listen EADDRINUSE: address already in use 127.0.0.1:3000',
    '    at Server.setupListenHandle [as _listen2] (node:net:1908:16)',
    '',
    'Node.js v20.20.2',
    '',
  ].join('\n');

  const asked = (host: FakeHost, logs: Readonly<Record<string, string | Buffer | null>>): DiagnosisRequest => {
    const folder = makeTempDir();
    const inputs = Object.entries(logs).map(([name, text]) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (text !== null) writeFileSync(join(folder, name), text);
      return { kind: 'file', path: join(folder, name), name } as const;
    });
    return request(host, { checks: loops, logs: { inputs, named: true, clock: host.clock } });
  };

  it('joins the port that a log names with its holder now, and looks at no other port', async () => {
    const host = fakeHost([server, self], [heldBy([server])]);
    const { findings, processes } = await diagnose(asked(host, { 'web.log': CRASH.repeat(5) }), host.platform);
    expect(findings).toMatchObject([
      {
        check: 'restart-loop',
        data: { rootCause: 'EADDRINUSE' },
        summary: expect.stringContaining('held by 100 node'),
      },
    ]);
    expect(host.bound).toEqual([3000]);
    expect(processes.map(({ pid }) => pid)).toContain(100);
  });

  it('tells each log that was not read as an outcome of its own, and judges the others', async () => {
    const host = fakeHost([self]);
    const logs = {
      'gone.log': null,
      'web.log': CRASH.repeat(5),
      'empty.log': '',
      'broken.log.gz': Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5]),
      'calm.log': 'all is well\n',
    };
    const { outcomes, findings } = await diagnose(asked(host, logs), host.platform);
    expect(outcomes).toMatchObject([
      { check: 'restart-loop', status: 'found' },
      { check: 'restart-loop', status: 'skipped', because: 'gone.log: there is no such file' },
      { check: 'restart-loop', status: 'skipped', because: 'empty.log: it is empty' },
      { check: 'restart-loop', status: 'skipped', because: expect.stringMatching(/^broken\.log\.gz: ./) },
    ]);
    expect(findings).toHaveLength(1);
  });

  it('is clear where no log is there, and where logs are well', async () => {
    const host = fakeHost([self]);
    for (const logs of [{}, { 'calm.log': 'all is well\n' }]) {
      const { outcomes } = await diagnose(asked(host, logs), host.platform);
      expect(outcomes).toEqual([{ check: 'restart-loop', status: 'clear' }]);
    }
    const { outcomes } = await diagnose(request(host, { checks: loops, logs: null }), host.platform);
    expect(outcomes).toEqual([{ check: 'restart-loop', status: 'clear' }]);
    expect(host.bound).toEqual([]);
  });

  it('reads no log for other checks', async () => {
    const host = fakeHost([self]);
    const { outcomes, snapshot } = await diagnose(
      { ...asked(host, { 'gone.log': null }), checks: about },
      host.platform,
    );
    expect(outcomes.map(({ check }) => check)).toEqual(['port-occupied']);
    expect(snapshot.readings.logs).toBeUndefined();
  });

  it('is not clear where none of its logs could be read', async () => {
    const host = fakeHost([self]);
    const { outcomes } = await diagnose(asked(host, { 'gone.log': null }), host.platform);
    expect(outcomes.map(({ status }) => status)).toEqual(['skipped']);
    const some = await diagnose(asked(host, { 'gone.log': null, 'web.log': 'all is well\n' }), host.platform);
    expect(some.outcomes.map(({ status }) => status)).toEqual(['clear', 'skipped']);
  });

  it('judges logs of different folders apart, whatever their names', async () => {
    const host = fakeHost([self]);
    const missing = CRASH.replace(/listen EADDRINUSE.*/, 'JWT_SECRET is not defined');
    const logs = { 'a/app.log': CRASH.repeat(5), 'b/app.log': missing.repeat(5) };
    const { findings } = await diagnose(asked(host, logs), host.platform);
    expect(findings.map(({ id }) => id).toSorted()).toEqual(['restart-loop:a/app.log', 'restart-loop:b/app.log']);
  });

  it('says that it could not look where the port that a log names cannot be looked at', async () => {
    const port = () => Promise.resolve(unreadable('too-many-open-files', 'EMFILE'));
    const host = fakeHost([self], [], { inspect: { port } });
    const { outcomes } = await diagnose(asked(host, { 'web.log': CRASH.repeat(5) }), host.platform);
    expect(outcomes).toEqual([{ status: 'skipped', check: 'restart-loop', because: 'EMFILE' }]);
  });
});
