import { describe, expect, it } from 'vitest';
import { doctorSettings } from '../../src/config/doctor-settings.ts';

const PLACE = { file: '/shop/package.json', key: 'devdoctor' };
const DEFAULTS = { ports: [], memoryLimits: {}, maxMemoryBytes: null, ignore: [], protect: [], logFiles: [] };

const read = (value: unknown) => doctorSettings(value, PLACE);

describe('settings', () => {
  it.each([undefined, {}])('that are not given have their defaults: %j', (value) => {
    expect(read(value)).toEqual(DEFAULTS);
  });

  it.each<readonly [Readonly<Record<string, unknown>>, Partial<ReturnType<typeof read>>]>([
    [{ ports: [3000, '5173'] }, { ports: [3000, 5173] }],
    [{ ports: [3000, '3000'] }, { ports: [3000] }],
    [{ memoryLimits: { web: '300M', api: 4096 } }, { memoryLimits: { web: 314_572_800, api: 4096 } }],
    [{ memoryLimits: { 'a b': '1.5G' } }, { memoryLimits: { 'a b': 1_610_612_736 } }],
    [{ maxMemory: '800K' }, { maxMemoryBytes: 819_200 }],
    [{ ignore: ['port-occupied', 'port-occupied:tcp:3000'] }, { ignore: ['port-occupied', 'port-occupied:tcp:3000'] }],
    [{ protect: ['postgres', 5432, '6379'] }, { protect: ['postgres', 5432, 6379] }],
    [{ logFiles: ['logs/web.log'] }, { logFiles: ['logs/web.log'] }],
    [{ ports: undefined }, {}],
  ])('are read: %j', (value, expected) => {
    expect(read(value)).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each<readonly [string, unknown, string]>([
    ['a list', [], 'devdoctor must be an object of settings, and is []'],
    ['null', null, 'devdoctor must be an object of settings, and is null'],
    ['a switch', true, 'devdoctor must be an object of settings, and is true'],
    ['ports that are one', { ports: 3000 }, 'devdoctor.ports must be a list of ports, and is 3000'],
    [
      'a port too high',
      { ports: [3000, 65_536] },
      'devdoctor.ports[1] must be a whole number from 1 to 65535, and is 65536',
    ],
    ['a port of words', { ports: ['web'] }, 'devdoctor.ports[0] must be a whole number from 1 to 65535, and is "web"'],
    ['ports of null', { ports: null }, 'devdoctor.ports must be a list of ports, and is null'],
    ['a size of words', { maxMemory: 'much' }, 'devdoctor.maxMemory must be a size above 0, such as "300M"'],
    ['a size of nothing', { maxMemory: 0 }, 'devdoctor.maxMemory must be a size above 0'],
    [
      'a limit of another unit',
      { memoryLimits: { web: '300MB' } },
      'devdoctor.memoryLimits["web"] must be a size above 0',
    ],
    [
      'limits in a list',
      { memoryLimits: ['1G'] },
      'devdoctor.memoryLimits must be an object of sizes by the names of services',
    ],
    ['an odd id', { ignore: ['Port Occupied'] }, 'devdoctor.ignore[0] must be the id of a check, or check:subject'],
    ['an id without its subject', { ignore: ['port-occupied:'] }, 'devdoctor.ignore[0] must be the id of a check'],
    ['a port that is none', { protect: [0] }, 'devdoctor.protect[0] must be the name of a program, or a port'],
    ['an empty name', { protect: ['node', ' '] }, 'devdoctor.protect[1] must be the name of a program, or a port'],
    ['a name that is none', { protect: [{}] }, 'devdoctor.protect[0] must be the name of a program, or a port'],
    ['an empty file', { logFiles: [''] }, 'devdoctor.logFiles[0] must be the path of a file, and is ""'],
    ['a slip', { port: [1] }, 'devdoctor.port is no setting; did you mean devdoctor.ports?'],
    ['another slip', { logfiles: [] }, 'devdoctor.logfiles is no setting; did you mean devdoctor.logFiles?'],
    ['another word', { colour: 'red' }, 'devdoctor.colour is no setting'],
    ['an inherited word', { constructor: 1 }, 'devdoctor.constructor is no setting'],
  ])('that are wrong are told by their path: %s', (_, value, said) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: expect.stringContaining(`/shop/package.json: ${said}`) as string,
        hint: expect.stringContaining('ports, memoryLimits, maxMemory, ignore, protect, logFiles') as string,
      }),
    );
  });

  it('that are wrong and long are cut', () => {
    expect(() => read({ ports: 'x'.repeat(1000) })).toThrow(/and is "x{59}…$/);
  });
});
