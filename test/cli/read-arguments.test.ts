import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/cli/invocation.ts';
import { checks } from '../../src/checks/index.ts';
import { checkById, checksAsked, minAgeAsked, portsAsked } from '../../src/cli/read-arguments.ts';
import { DevdoctorError } from '../../src/model/error.ts';

const invocation = (values: Invocation['values']): Invocation => ({
  command: 'check',
  positionals: [],
  flags: new Set(),
  values,
  rest: [],
});

const refusalOf = (act: () => unknown): DevdoctorError => {
  try {
    act();
  } catch (error) {
    if (error instanceof DevdoctorError) return error;
  }
  throw new Error('it was not refused');
};

describe('the ports that were asked for', () => {
  it.each<[readonly string[], readonly number[]]>([
    [['3000'], [3000]],
    [
      ['1', '65535'],
      [1, 65_535],
    ],
    [
      ['5000', '3000', '5000'],
      [5000, 3000],
    ],
  ])('of %j are %j', (port, expected) => {
    expect(portsAsked(invocation({ port }))).toEqual(expected);
  });

  it('are none where none was named', () => {
    expect(portsAsked(invocation({}))).toEqual([]);
  });

  it.each(['0', '65536', '-1', '3.5', '3e3', '0x10', ' 3000', '3000 ', 'http', '３０００', '+3000'])(
    'cannot be %j',
    (text) => {
      const error = refusalOf(() => portsAsked(invocation({ port: ['3000', text] })));
      expect(error).toMatchObject({
        code: 'usage',
        message: `--port takes a whole number from 1 to 65535, not "${text}"`,
        hint: 'devdoctor check --port 3000',
      });
    },
  );

  it('cannot be empty', () => {
    expect(refusalOf(() => portsAsked(invocation({ port: [''] }))).message).toContain('not an empty value');
  });

  it('cannot be a range, and the refusal shows what to type instead', () => {
    expect(refusalOf(() => portsAsked(invocation({ port: ['3000-3010'] }))).hint).toContain('--port 3000 --port 3001');
  });
});

describe('the age that was asked for', () => {
  it.each<[readonly string[], number]>([
    [['500ms'], 500],
    [['30s'], 30_000],
    [['10m'], 600_000],
    [['1.5h'], 5_400_000],
    [['7d'], 604_800_000],
    [['0s'], 0],
    [['10m', '1s'], 1_000],
  ])('of %j is %i ms: the last one counts', (given, expected) => {
    expect(minAgeAsked(invocation({ 'min-age': given }))).toBe(expected);
  });

  it('is none where none was named', () => {
    expect(minAgeAsked(invocation({}))).toBe(0);
  });

  it.each(['', '10', '10 m', '-5s', '5x', 's', '1h30m', '５s', '1e3s', `${'9'.repeat(20)}d`])(
    'cannot be %j',
    (text) => {
      expect(refusalOf(() => minAgeAsked(invocation({ 'min-age': [text] })))).toMatchObject({
        code: 'usage',
        message: `--min-age takes a length of time such as 30s, 10m or 2h, not "${text}"`,
        hint: 'devdoctor check --min-age 10m',
      });
    },
  );
});

describe('the checks that were asked for', () => {
  const ids = (values: Invocation['values']): readonly string[] => checksAsked(invocation(values)).map(({ id }) => id);

  it('are those about logs where logs are named, and those about ports as well where both are', () => {
    expect(ids({ log: ['a.log'] })).toEqual(['restart-loop']);
    expect(ids({ port: ['3000'] })).toEqual(['port-occupied']);
    expect(ids({ log: ['a.log'], port: ['3000'] })).toEqual(['port-occupied', 'restart-loop']);
    expect(ids({ log: ['a.log'], only: ['stale-process'] })).toEqual(['stale-process']);
  });

  it('are all, or only those, each once', () => {
    expect(ids({})).toContain('port-occupied');
    expect(ids({ only: ['port-occupied', 'port-occupied'] })).toEqual(['port-occupied']);
  });

  it('are all there are where no port was named', () => {
    expect(ids({})).toEqual(checks.map(({ id }) => id));
    expect(ids({}).length).toBeGreaterThan(2);
  });

  it('are those about ports alone where a port was named', () => {
    expect(ids({ port: ['3000'] })).toEqual(['port-occupied']);
  });

  it('are those named, beside a port too', () => {
    expect(ids({ port: ['3000'], only: ['orphan-process'] })).toEqual(['orphan-process']);
    expect(ids({ port: ['3000'], only: ['port-occupied', 'stale-process'] })).toEqual([
      'port-occupied',
      'stale-process',
    ]);
  });

  it('are the others where one is skipped', () => {
    expect(ids({ skip: ['orphan-process'] })).toEqual(
      checks.map(({ id }) => id).filter((id) => id !== 'orphan-process'),
    );
    expect(refusalOf(() => ids({ port: ['3000'], skip: ['port-occupied'] })).code).toBe('usage');
  });

  it('cannot all be skipped: that would look at nothing and call it clear', () => {
    const error = refusalOf(() => ids({ only: ['port-occupied'], skip: ['port-occupied'] }));
    expect(error).toMatchObject({ code: 'usage', hint: 'devdoctor checks' });
  });

  it.each([
    ['port-ocupied', '; did you mean port-occupied?'],
    ['port-occupie', '; did you mean port-occupied?'],
    ['memory', ''],
    ['', ''],
  ])('cannot be %j', (id, meant) => {
    for (const values of [{ only: [id] }, { skip: [id] }])
      expect(refusalOf(() => ids(values)).message).toBe(`there is no check "${id}"${meant}`);
  });

  it('are found by their id', () => {
    expect(checkById('port-occupied').id).toBe('port-occupied');
  });
});
