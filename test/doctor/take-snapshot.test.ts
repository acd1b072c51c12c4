import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../src/doctor/take-snapshot.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { unreadable, type FactName, type Snapshot } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const shell = running('bash', { pid: 90 });
const self = running('node devdoctor', { pid: SELF, parentPid: 90 });
const bystander = aProcess({ pid: 700 });

const answering = (stdout: string, holder: ProcessInfo): FakeHost => {
  const host: FakeHost = fakeHost([holder, shell, self, bystander], [heldBy([holder])], {
    control: {
      run: (command) => {
        host.ran.push(command.join(' '));
        return Promise.resolve({ status: 0, stdout, stderr: '', failure: null });
      },
    },
  });
  return host;
};

const take = (
  host: FakeHost,
  ports: readonly number[] = [3000],
  needs: readonly FactName[] = ['ports', 'processes'],
): Promise<Snapshot> =>
  takeSnapshot(
    {
      needs: new Set(needs),
      ports,
      logs: null,
      series: [],
      leastLimitBytes: null,
      clock: { ...host.clock, now: () => NOW + host.clock.now() },
    },
    host.platform,
  );

const publishedOf = async (host: FakeHost) => {
  const { ports } = (await take(host)).readings;
  return ports?.ok === true ? ports.value[0]?.published : undefined;
};

describe('a snapshot', () => {
  it('holds the ports in the order asked for, with the instant and the platform', async () => {
    const { takenAt, platform, readings } = await take(fakeHost([]), [5000, 3000]);
    expect({ takenAt, platform }).toEqual({ takenAt: NOW, platform: 'linux' });
    expect(readings.ports?.ok === true && readings.ports.value.map(({ port }) => port)).toEqual([5000, 3000]);
  });

  it('holds the holders and this command, each with its ancestors, and nobody else', async () => {
    const server = aProcess({ parentPid: 90 });
    const { processes } = (await take(answering('', server))).readings;
    const pids = processes?.ok === true ? processes.value.map(({ pid }) => pid).toSorted((a, b) => a - b) : [];
    expect(pids).toEqual([90, 100, SELF]);
  });

  it('reads no process where nobody holds anything', async () => {
    const lineage = () => {
      throw new Error('read in vain');
    };
    const { readings } = await take(fakeHost([], [], { inspect: { lineage } }));
    expect(readings.processes).toMatchObject({ ok: true, value: [] });
  });

  it('keeps why the ports could not be looked at', async () => {
    const reading = unreadable('too-many-open-files', 'EMFILE');
    const host = fakeHost([], [], { inspect: { port: () => Promise.resolve(reading) } });
    expect((await take(host)).readings.ports).toEqual(reading);
  });

  it('keeps why the processes could not be read', async () => {
    const reading = unreadable('not-permitted', 'EACCES');
    const host = fakeHost([], [heldBy([aProcess()])], { inspect: { lineage: () => Promise.resolve(reading) } });
    expect((await take(host)).readings).toMatchObject({
      ports: { ok: true },
      processes: reading,
    });
  });
});

describe('a snapshot of what runs', () => {
  const init = running('systemd', { pid: 1, parentPid: 0, sessionId: 1, uid: 0 });
  const left = aProcess({ pid: 300, parentPid: 1, sessionId: 299, memoryBytes: 5_000 });
  const tended = aProcess({ pid: 301, parentPid: 90, sessionId: 90 });
  const foreign = aProcess({ pid: 302, parentPid: 1, sessionId: 298, uid: 33 });
  const leader = { ...shell, sessionId: 90 };
  const everybody = [init, leader, { ...self, sessionId: 90 }, left, tended, foreign];
  const inVain = () => {
    throw new Error('looked in vain');
  };

  const leftoversOf = ({ readings }: Snapshot) => {
    if (readings.leftovers?.ok !== true) throw new Error('the left-overs were not looked at');
    return readings.leftovers.value;
  };

  it('is not taken where only ports are asked for', async () => {
    const host = fakeHost(everybody, [], { inspect: { sketch: inVain, traces: inVain, memory: inVain } });
    expect(Object.keys((await take(host)).readings).toSorted()).toEqual(['logPorts', 'ports', 'processes']);
  });

  it('binds no port where only left-overs are asked for', async () => {
    const host = fakeHost(everybody);
    const { readings } = await take(host, [3000], ['leftovers']);
    expect(Object.keys(readings).toSorted()).toEqual(['devTrees', 'leftovers']);
    expect(host.bound).toEqual([]);
  });

  it('looks closely at this user’s trees whose starter may be gone, and at no other', async () => {
    const { candidates } = leftoversOf(await take(fakeHost(everybody), [], ['leftovers']));
    expect(candidates).toMatchObject([{ pid: 300, members: [300], busy: false, treeBytes: 5_000 }]);
  });

  it('holds every dev tree of this user beside them', async () => {
    const { devTrees } = (await take(fakeHost(everybody), [], ['leftovers'])).readings;
    const roots = devTrees?.ok === true ? devTrees.value.map(({ root }) => root.pid) : [];
    expect(roots).toEqual(expect.arrayContaining([300, 301]));
    expect(roots).not.toContain(302);
  });

  it('watches no longer than until everybody was idle once', async () => {
    const host = fakeHost(everybody);
    host.clock.at(100, () => host.cpuMs.set(300, 90));
    expect(leftoversOf(await take(host, [], ['leftovers'])).candidates).toMatchObject([
      { busy: false, watchedMs: 600 },
    ]);
    expect(host.clock.now()).toBe(600);
  });

  it('tells who was at work all the while', async () => {
    const host = fakeHost(everybody);
    for (let at = 100; at < 2_000; at += 100) host.clock.at(at, () => host.cpuMs.set(300, at));
    expect(leftoversOf(await take(host, [], ['leftovers'])).candidates).toMatchObject([
      { busy: true, watchedMs: 1_200 },
    ]);
  });

  it.each([
    ['waits until the youngest is two seconds old: its starter may be about to end', 500, 1_800],
    ['does not wait where the youngest is older', 5_000, 300],
    ['waits no longer for one that seems to come from the future', -9_000, 2_300],
  ])('%s', async (_, age, took) => {
    const host = fakeHost([...everybody, { ...left, pid: 310, startedAt: NOW - age }]);
    const { candidates } = leftoversOf(await take(host, [], ['leftovers']));
    expect(candidates.map(({ pid, watchedMs }) => [pid, watchedMs])).toEqual([
      [300, 300],
      [310, 300],
    ]);
    expect(host.clock.now()).toBe(took);
  });

  it('knows the newer instance of the same script, though that one is looked after', async () => {
    const { processes } = leftoversOf(await take(fakeHost(everybody), [], ['leftovers']));
    expect(processes.map(({ pid }) => pid)).toContain(301);
  });

  it('keeps why nobody could be looked at, for each fact', async () => {
    const reading = unreadable('not-permitted', 'EACCES');
    const host = fakeHost(everybody, [], { inspect: { sketch: () => Promise.resolve(reading) } });
    const { readings } = await take(host, [], ['devTrees', 'leftovers', 'memory']);
    expect(readings).toEqual({ devTrees: reading, leftovers: reading, memory: reading });
  });

  it('keeps why the ties of a process could not be read', async () => {
    const reading = unreadable('unsupported', 'Linux only');
    const host = fakeHost(everybody, [], { inspect: { traces: () => Promise.resolve(reading) } });
    expect((await take(host, [], ['leftovers'])).readings).toMatchObject({
      devTrees: { ok: true },
      leftovers: reading,
    });
  });
});

describe('the container behind a forwarder', () => {
  const line = 'c0ffee\tweb\t0.0.0.0:3000->80/tcp\n';

  it.each([
    ['docker-proxy', 'docker', 'docker ps --filter publish=3000'],
    ['dockerd', 'docker', 'docker ps --filter publish=3000'],
    ['rootlessport', 'podman', 'podman ps'],
  ])('of %s is asked of %s', async (program, engine, command) => {
    const host = answering(line, running(program));
    expect(await publishedOf(host)).toEqual({ engine, id: 'c0ffee', name: 'web' });
    expect(host.ran).toHaveLength(1);
    expect(host.ran[0]).toContain(command);
  });

  it.each(['node docker-proxy.js', 'sshd', 'nginx'])('is not asked for where %s listens', async (command) => {
    const host = answering(line, running(command));
    expect(await publishedOf(host)).toBeNull();
    expect(host.ran).toEqual([]);
  });

  it('is not known where the engine names none', async () => {
    expect(await publishedOf(answering('', running('docker-proxy')))).toBeNull();
  });

  it('is not asked for because an ancestor is a forwarder', async () => {
    const engine = running('dockerd', { pid: 90 });
    const host = answering(line, aProcess({ parentPid: 90 }));
    host.processes = [engine, aProcess({ parentPid: 90 }), self];
    expect(await publishedOf(host)).toBeNull();
    expect(host.ran).toEqual([]);
  });
});
