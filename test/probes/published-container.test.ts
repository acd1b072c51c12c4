import { describe, expect, it } from 'vitest';
import { findPublished, parseContainers } from '../../src/probes/published-container.ts';
import type { CommandResult } from '../../src/model/platform.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

const line = (id: string, name: string, ports: string): string => `${id}\t${name}\t${ports}\n`;

describe('the table of an engine', () => {
  it.each([
    ['one port', '0.0.0.0:3000->80/tcp, [::]:3000->80/tcp'],
    ['one port, as older engines print IPv6', '0.0.0.0:3000->80/tcp, :::3000->80/tcp'],
    ['one address', '127.0.0.1:3000->3000/tcp'],
    ['the beginning of a range', '0.0.0.0:3000-3005->3000-3005/tcp'],
    ['the middle of a range', '0.0.0.0:2990-3010->90-110/tcp'],
    ['the end of a range', '0.0.0.0:2995-3000->5-10/tcp'],
    ['one of several ports', '443/tcp, 0.0.0.0:8080->80/tcp, 0.0.0.0:3000->90/tcp'],
    ['a port that is published for UDP too', '0.0.0.0:3000->53/tcp, 0.0.0.0:3000->53/udp'],
  ])('names the container that publishes %s', (_, ports) => {
    expect(parseContainers('docker', line('c0ffee', 'web', ports), 3000)).toEqual({
      engine: 'docker',
      id: 'c0ffee',
      name: 'web',
    });
  });

  it.each([
    ['the port is only the container’s own', '3000/tcp, 0.0.0.0:8080->3000/tcp'],
    ['the number is only the beginning of another', '0.0.0.0:30000->80/tcp'],
    ['the number is only the end of another', '0.0.0.0:13000->80/tcp'],
    ['a range ends before it', '0.0.0.0:2990-2999->90-99/tcp'],
    ['a range begins after it', '0.0.0.0:3001-3010->1-10/tcp'],
    ['nothing is published', ''],
    ['it is published for UDP alone', '0.0.0.0:3000->53/udp, [::]:3000->53/udp'],
  ])('names nobody where %s', (_, ports) => {
    expect(parseContainers('podman', line('c0ffee', 'web', ports), 3000)).toBeNull();
  });

  it('is read to its end, whatever the engine filtered', () => {
    const text = line('aaa', 'db', '0.0.0.0:5432->5432/tcp') + line('bbb', 'it’s web', '0.0.0.0:3000->80/tcp');
    expect(parseContainers('podman', text, 3000)).toEqual({ engine: 'podman', id: 'bbb', name: 'it’s web' });
  });

  it('calls a container without a name by its id', () => {
    expect(parseContainers('docker', line('c0ffee', '', '0.0.0.0:3000->80/tcp'), 3000)).toMatchObject({
      name: 'c0ffee',
    });
  });

  it.each(['', '\n\n', 'Cannot connect to the Docker daemon'])('names nobody in %j', (text) => {
    expect(parseContainers('docker', text, 3000)).toBeNull();
  });
});

describe('asking an engine', () => {
  const ask = async (result: Partial<CommandResult>) => {
    const stdout = line('c0ffee', 'web', '0.0.0.0:3000->80/tcp');
    const run = () => Promise.resolve({ status: 0, stdout, stderr: '', failure: null, ...result });
    return findPublished('docker', 3000, fakeHost([], [], { control: { run } }).platform);
  };

  it('believes an engine that succeeded', async () => {
    expect(await ask({})).toEqual({ engine: 'docker', id: 'c0ffee', name: 'web' });
  });

  it.each<Partial<CommandResult>>([
    { status: 1 },
    { status: null, failure: 'not-found' },
    { status: null, failure: 'timed-out' },
  ])('knows nothing where it answers %j', async (result) => {
    expect(await ask(result)).toBeNull();
  });

  it.each([
    ['docker', ['docker ps --filter publish=3000 --format {{.ID}}\t{{.Names}}\t{{.Ports}}']],
    ['podman', ['podman ps --format {{.ID}}\t{{.Names}}\t{{.Ports}}']],
  ] as const)('asks %s for its table', async (engine, commands) => {
    const host = fakeHost([]);
    await findPublished(engine, 3000, host.platform);
    expect(host.ran).toEqual(commands);
  });
});
