import { describe, expect, it } from 'vitest';
import { read, unreadable } from '../../src/model/snapshot.ts';
import { readPorts } from '../../src/probes/ports.ts';
import { anOccupancy } from '../helpers/a-snapshot.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

describe('readPorts', () => {
  it('looks at one port after the other, in order', async () => {
    const host = fakeHost([]);
    const reading = await readPorts([5000, 3000], host.platform);
    expect(reading).toMatchObject({ ok: true, source: 'a test', value: [{ port: 5000 }, { port: 3000 }] });
    expect(host.bound).toEqual([5000, 3000]);
  });

  it('fails as a whole where one cannot be looked at, and looks no further', async () => {
    const looked: number[] = [];
    const port = (number: number) => {
      looked.push(number);
      return Promise.resolve(number === 2 ? unreadable('tool-failed', 'port 2: EIO') : read(anOccupancy(), 'a test'));
    };
    const { platform } = fakeHost([], [], { inspect: { port } });
    expect(await readPorts([1, 2, 3], platform)).toEqual({ ok: false, reason: 'tool-failed', detail: 'port 2: EIO' });
    expect(looked).toEqual([1, 2]);
  });

  it('reads nothing where nothing is asked', async () => {
    expect(await readPorts([], fakeHost([]).platform)).toMatchObject({ ok: true, value: [] });
  });
});
