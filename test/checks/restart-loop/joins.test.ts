import { describe, expect, it } from 'vitest';
import { joinOf, type Join } from '../../../src/checks/restart-loop/joins.ts';
import type { TreeMemory } from '../../../src/model/dev-tree.ts';
import type { LogCause } from '../../../src/model/log.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { tableOf } from '../../../src/programs/lineage.ts';
import { memoryOf, sketchOf } from '../../helpers/a-look.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aCause, aServiceLog, logFacts } from '../../helpers/a-service-log.ts';
import { anOccupancy, aSocket, FREE, heldBy, NOT_PERMITTED } from '../../helpers/a-snapshot.ts';

const MB = 1024 ** 2;
const holder = running('node vite.js', { pid: 4312 });

const joined = (
  cause: Partial<LogCause>,
  ports: readonly PortOccupancy[],
  processes: readonly ProcessInfo[] = [holder],
  trees: readonly TreeMemory[] = [],
): Join => joinOf(aServiceLog({ rootCause: aCause(cause) }), logFacts([], { trees }), ports, tableOf(processes));

const textsOf = ({ evidence }: Join): readonly string[] => evidence.map(({ text }) => text);

describe('a port that was taken', () => {
  it('is held now by somebody, who is named, and freeing it is the remedy', () => {
    const join = joined({}, [anOccupancy({ sockets: [heldBy([holder])] })]);
    expect(join).toEqual({
      evidence: [{ text: 'port 3000 is held now by 4312 node vite.js', source: 'the machine now' }],
      heldPort: 3000,
      holder: '4312 node vite.js',
    });
  });

  it('is held by a process of which nothing but its number is known', () => {
    const join = joined({}, [anOccupancy({ sockets: [heldBy([holder])] })], []);
    expect(join).toMatchObject({ holder: 'process 4312', heldPort: 3000 });
  });

  it('is held by somebody out of sight', () => {
    const join = joined({}, [anOccupancy({ sockets: [heldBy([])] })]);
    expect(join).toMatchObject({ holder: null, heldPort: 3000 });
    expect(textsOf(join)).toEqual(['port 3000 is held now by a process that cannot be seen']);
  });

  it('is not held by a client', () => {
    const client = aSocket({ state: 'connected', holders: [holder] });
    expect(joined({}, [anOccupancy({ sockets: [client] })]).holder).toBeNull();
  });

  it.each([
    ['is free', FREE],
    ['is not to be bound by this user', NOT_PERMITTED],
  ])('%s now: nobody is accused', (_, probe) => {
    const join = joined({}, [anOccupancy({ probes: [probe], sockets: [] })]);
    expect(join).toMatchObject({ heldPort: null, holder: null });
    if (probe === FREE) expect(textsOf(join)).toEqual(['port 3000 is free now']);
  });

  it('is looked up by its number among others', () => {
    const others = [anOccupancy({ port: 1 }), anOccupancy({ sockets: [heldBy([holder])] }), anOccupancy({ port: 2 })];
    expect(joined({}, others).heldPort).toBe(3000);
  });

  it('is told by nothing where it was not looked at, and where the log names none', () => {
    for (const join of [
      joined({}, []),
      joined({}, [anOccupancy({ port: 3001 })]),
      joined({ detail: {} }, [anOccupancy()]),
      joined({ detail: { port: '3000', address: '10.0.0.1' } }, [anOccupancy()]),
    ]) {
      expect(join).toEqual({ evidence: [], heldPort: null, holder: null });
    }
  });
});

describe('a port that refused', () => {
  const refusal = { code: 'ECONNREFUSED_DB', detail: { port: '5432', host: '127.0.0.1' } } as const;

  it('has nobody who listens on it now', () => {
    const join = joined(refusal, [anOccupancy({ port: 5432, probes: [FREE], sockets: [] })]);
    expect(textsOf(join)).toEqual(['nothing listens on port 5432 now']);
  });

  it('has a listener now, whom to end would be wrong', () => {
    const database = running('postgres -D data', { pid: 70 });
    const occupancy = anOccupancy({ port: 5432, sockets: [heldBy([database], { port: 5432 })] });
    const join = joined(refusal, [occupancy], [database]);
    expect(textsOf(join)).toEqual(['70 postgres -D data listens on port 5432 now']);
    expect(join).toMatchObject({ heldPort: null, holder: null });
  });

  it('has a listener that cannot be seen', () => {
    const join = joined(refusal, [anOccupancy({ port: 5432, sockets: [] })]);
    expect(textsOf(join)).toEqual(['something listens on port 5432 now']);
  });
});

describe('memory that ran out', () => {
  const root = aProcess({ memoryBytes: 300 * MB });
  const tree = (said: Partial<TreeMemory> = {}): TreeMemory => ({
    tree: { root: sketchOf(root), members: [sketchOf(root)] },
    cwd: null,
    members: [memoryOf(root, { pssBytes: 250 * MB })],
    group: null,
    ...said,
  });

  it.each(['HEAP_OOM', 'OOM_KILLED', 'PM2_MEMORY_LIMIT', 'SIGKILL'])('%s is told beside what is used now', (code) => {
    const join = joined({ code, detail: {} }, [], [], [tree()]);
    expect(textsOf(join)).toEqual([expect.stringMatching(/^100 node server\.js uses 2\d\d MB now$/)]);
    expect(join).toMatchObject({ heldPort: null, holder: null });
  });

  it('is told beside the limit of the control group', () => {
    const group = { limitBytes: 512 * MB, usedBytes: 1, path: '/x' } as unknown as TreeMemory['group'];
    const join = joined({ code: 'OOM_KILLED', detail: {} }, [], [], [tree({ group })]);
    expect(textsOf(join)[0]).toMatch(/; its control group allows 5\d\d MB$/);
  });

  it('is not told of what could not be read, nor of other causes', () => {
    expect(joined({ code: 'HEAP_OOM', detail: {} }, [], [], [tree({ members: [] })]).evidence).toEqual([]);
    expect(joined({ code: 'MISSING_ENV', detail: {} }, [], [], [tree()]).evidence).toEqual([]);
  });
});
