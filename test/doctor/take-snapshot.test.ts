import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../src/doctor/take-snapshot.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { unreadable } from '../../src/model/snapshot.ts';
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

const publishedOf = async (host: FakeHost) => {
  const { ports } = (await takeSnapshot([3000], host.platform, NOW)).readings;
  return ports?.ok === true ? ports.value[0]?.published : undefined;
};

describe('a snapshot', () => {
  it('holds the ports in the order asked for, with the instant and the platform', async () => {
    const { takenAt, platform, readings } = await takeSnapshot([5000, 3000], fakeHost([]).platform, NOW);
    expect({ takenAt, platform }).toEqual({ takenAt: NOW, platform: 'linux' });
    expect(readings.ports?.ok === true && readings.ports.value.map(({ port }) => port)).toEqual([5000, 3000]);
  });

  it('holds the holders and this command, each with its ancestors, and nobody else', async () => {
    const server = aProcess({ parentPid: 90 });
    const { processes } = (await takeSnapshot([3000], answering('', server).platform, NOW)).readings;
    const pids = processes?.ok === true ? processes.value.map(({ pid }) => pid).toSorted((a, b) => a - b) : [];
    expect(pids).toEqual([90, 100, SELF]);
  });

  it('reads no process where nobody holds anything', async () => {
    const lineage = () => {
      throw new Error('read in vain');
    };
    const { readings } = await takeSnapshot([3000], fakeHost([], [], { inspect: { lineage } }).platform, NOW);
    expect(readings.processes).toMatchObject({ ok: true, value: [] });
  });

  it('keeps why the ports could not be looked at', async () => {
    const reading = unreadable('too-many-open-files', 'EMFILE');
    const host = fakeHost([], [], { inspect: { port: () => Promise.resolve(reading) } });
    expect((await takeSnapshot([3000], host.platform, NOW)).readings.ports).toEqual(reading);
  });

  it('keeps why the processes could not be read', async () => {
    const reading = unreadable('not-permitted', 'EACCES');
    const host = fakeHost([], [heldBy([aProcess()])], { inspect: { lineage: () => Promise.resolve(reading) } });
    expect((await takeSnapshot([3000], host.platform, NOW)).readings).toMatchObject({
      ports: { ok: true },
      processes: reading,
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
