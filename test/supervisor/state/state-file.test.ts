import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import type { SupervisorState } from '../../../src/supervisor/state/records.ts';
import {
  decodeState,
  EMPTY_STATE,
  encodeState,
  previousOf,
  readState,
  setAside,
  writeState,
  writeTwin,
} from '../../../src/supervisor/state/state-file.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const stateOf = (generation: number, said: Partial<SupervisorState> = {}): SupervisorState => ({
  schemaVersion: 1,
  generation,
  nextId: generation,
  services: Array.from({ length: generation }, (_, id) =>
    aServiceRecord({ id, spec: aServiceSpec({ name: `dienst-${id} ü ✓ 🚀\n\u2028`, env: { SECRET: 'x\0y' } }) }),
  ),
  ...said,
});

const OLD = stateOf(1);
const NEW = stateOf(2);

/** A home with two generations. */
const twoGenerations = (): Home => {
  const home = homeAt(makeTempDir());
  writeState(home, OLD);
  writeState(home, NEW);
  return home;
};

const filesIn = ({ folder }: Home): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));

const expectRecovered = (home: Home): void => {
  const { state, notices, corrupt } = readState(home);
  expect(state).toEqual(OLD);
  expect(corrupt).toEqual([home.state]);
  expect(notices).toEqual([`${home.state} was not whole; the generation before was used, with 1 service`]);
};

describe('a state', () => {
  it('is read as it was written, with the generation before beside it', () => {
    const home = twoGenerations();
    expect(readState(home)).toEqual({ state: NEW, notices: [], corrupt: [] });
    expect(decodeState(readFileSync(previousOf(home.state), 'utf8'))).toEqual(OLD);
    expect(Object.keys(filesIn(home)).toSorted()).toEqual(['services.json', 'services.json.1']);
  });

  it('is nothing where there was none, and nothing is made', () => {
    const home = homeAt(makeTempDir());
    expect(readState(home)).toEqual({ state: EMPTY_STATE, notices: [], corrupt: [] });
    expect(readdirSync(home.folder)).toEqual([]);
  });

  it('is one JSON object for who wants to read it', () => {
    const read = JSON.parse(encodeState(NEW)) as { state: SupervisorState };
    expect(read.state).toEqual(NEW);
  });

  it('of a newer version with fields that are not known is readable, and keeps them', () => {
    const newer = { ...stateOf(1), schemaVersion: 2, novelty: { a: [1] } } as unknown as SupervisorState;
    const services = newer.services.map((record) => ({
      ...record,
      mood: 'good',
      spec: { ...record.spec, pet: 'cat' },
    }));
    const home = homeAt(makeTempDir());
    writeState(home, { ...newer, services });
    expect(readState(home)).toEqual({ state: { ...newer, services }, notices: [], corrupt: [] });
  });

  it('of strange texts is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (name, value) => {
        const state = stateOf(1, { services: [aServiceRecord({ spec: aServiceSpec({ name, env: { value } }) })] });
        expect(decodeState(encodeState(state))).toEqual(state);
      }),
    );
  });
});

describe('a state that is not whole', () => {
  it('cut off at any byte is the generation before, and told', () => {
    const home = twoGenerations();
    const whole = readFileSync(home.state);
    // What only the last newline is missing of is whole.
    for (let length = whole.length - 2; length >= 0; length -= 1) {
      truncateSync(home.state, length);
      expectRecovered(home);
    }
  });

  it('without its last newline only is whole', () => {
    const home = twoGenerations();
    truncateSync(home.state, readFileSync(home.state).length - 1);
    expect(readState(home).state).toEqual(NEW);
  });

  it('with any byte changed is the generation before, and told', () => {
    const home = twoGenerations();
    const whole = readFileSync(home.state);
    for (let at = 0; at < whole.length - 1; at += at < 70 || at > whole.length - 5 ? 1 : 7) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(home.state, bytes);
      expectRecovered(home);
    }
  });

  const broken: readonly (readonly [string, (whole: Buffer) => Buffer])[] = [
    ['empty', () => Buffer.alloc(0)],
    ['NULs', (whole) => Buffer.alloc(whole.length)],
    ['NULs at its end', (whole) => Buffer.concat([whole, Buffer.alloc(4_096)])],
    ['NULs in its second half', (whole) => Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(2_000)])],
    ['random bytes', (whole) => Buffer.from(whole.map((byte, at) => (byte * 31 + at * 17) % 256))],
    ['twice its text', (whole) => Buffer.concat([whole, whole])],
    ['an object of somebody else', () => Buffer.from('{"services":[]}\n')],
    ['null', () => Buffer.from('null\n')],
    ['white space', () => Buffer.from(' \n\n')],
  ];

  it.each(broken)('of %s is the generation before, and told', (_, change) => {
    const home = twoGenerations();
    writeFileSync(home.state, change(readFileSync(home.state)));
    expectRecovered(home);
  });

  it.each(broken)('of %s in both generations is lost, and told', (_, change) => {
    const home = twoGenerations();
    for (const file of [home.state, previousOf(home.state)]) writeFileSync(file, change(readFileSync(file)));
    const { state, notices, corrupt } = readState(home);
    expect(state).toEqual(EMPTY_STATE);
    expect(corrupt).toEqual([home.state, previousOf(home.state)]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('the list of services is lost');
  });

  it('whose generation before is not whole either way matters to nobody while it is whole itself', () => {
    const home = twoGenerations();
    writeFileSync(previousOf(home.state), 'broken');
    expect(readState(home)).toEqual({ state: NEW, notices: [], corrupt: [] });
  });

  it('that is missing is the generation before, and told', () => {
    const home = twoGenerations();
    rmSync(home.state);
    const { state, notices, corrupt } = readState(home);
    expect({ state, corrupt }).toEqual({ state: OLD, corrupt: [] });
    expect(notices).toEqual([`${home.state} was missing; the generation before was used, with 1 service`]);
  });

  it('is left as it is by who only reads', () => {
    const home = twoGenerations();
    writeFileSync(home.state, 'broken');
    const before = filesIn(home);
    readState(home);
    expect(filesIn(home)).toEqual(before);
  });

  it('is put aside under a name of its own', () => {
    const home = twoGenerations();
    writeFileSync(home.state, 'broken');
    const [aside = ''] = setAside([home.state], 1_234);
    expect({ name: basename(aside), text: readFileSync(aside, 'utf8') }).toEqual({
      name: 'services.json.corrupt-1234',
      text: 'broken',
    });
    expect(readState(home).state).toEqual(OLD);
  });
});

describe('writing a state', () => {
  it('keeps what is there when it fails', () => {
    const home = twoGenerations();
    // A name that is taken by a folder can be neither removed as a file nor replaced by one.
    rmSync(previousOf(home.state));
    mkdirSync(join(previousOf(home.state), 'in the way'), { recursive: true });
    expect(() => writeState(home, stateOf(3))).toThrow(/services\.json/);
    expect(readState(home)).toEqual({ state: NEW, notices: [], corrupt: [] });
    expect(readdirSync(home.folder).toSorted()).toEqual(['services.json', 'services.json.1']);
  });

  it('once more makes both generations the same, so that the loss of either loses nothing', () => {
    const home = twoGenerations();
    writeTwin(home, NEW);
    for (const file of [home.state, previousOf(home.state)]) {
      const saved = readFileSync(file);
      writeFileSync(file, 'broken');
      expect(readState(home).state).toEqual(NEW);
      writeFileSync(file, saved);
    }
  });

  it('makes files that only this user may read', () => {
    const home = twoGenerations();
    writeTwin(home, NEW);
    const modes = readdirSync(home.folder).map((name) => statSync(join(home.folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });
});
