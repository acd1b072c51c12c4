import { describe, expect, it } from 'vitest';
import { chooseProcessTable, choosePlatform } from '../../src/platform/choose.ts';

describe('choosePlatform', () => {
  it.runIf(process.platform === 'linux').each([
    [{}, 'linux'],
    [{ DEVDOCTOR_PROBE: '' }, 'linux'],
    [{ DEVDOCTOR_PROBE: 'portable' }, 'portable'],
  ])('on Linux takes with %j the %s road', async (environment, name) => {
    expect((await choosePlatform(environment)).name).toBe(name);
  });

  it.runIf(process.platform !== 'linux')('elsewhere takes the road made of packages', async () => {
    expect((await choosePlatform({})).name).toBe('portable');
  });

  it('asks the package for ports only at the last', async () => {
    const { control } = await choosePlatform({});
    expect(await control.victimsOfPort(1)).toEqual([]);
  });
});

describe('chooseProcessTable', () => {
  it.runIf(process.platform === 'linux').each([
    [{}, true],
    [{ DEVDOCTOR_PROBE: 'portable' }, false],
  ])('goes by the same rule with %j', async (environment, countsBirths) => {
    const table = await chooseProcessTable(environment);
    expect(table.births() !== null).toBe(countsBirths);
    expect(table.look(process.pid)?.pid).toBe(process.pid);
  });
});
