/** The few instructions that the search is written in, by the names of the WebAssembly specification. */
export const OP = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  load8: 0x2d,
  load16: 0x2f,
  store: 0x36,
  constant: 0x41,
  eqz: 0x45,
  eq: 0x46,
  ltU: 0x49,
  geU: 0x4f,
  popcnt: 0x69,
  add: 0x6a,
  and: 0x71,
  shrU: 0x76,
} as const;

const VECTOR = 0xfd;
const VOID = 0x40;
const I32 = 0x7f;
const FUNCTION = 0x60;

/** Numbers take seven bits in a byte, the lowest first. */
export const unsigned = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];

const signed = (value: number): readonly number[] =>
  value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];

/** A number of 32 bits, not negative. */
export const constant = (value: number): readonly number[] => [OP.constant, ...signed(value)];

export const get = (local: number): readonly number[] => [OP.localGet, local];
export const set = (local: number): readonly number[] => [OP.localSet, local];

/** A load or store of any alignment, at a fixed distance from the address on the stack. */
export const access = (operation: number, distance = 0): readonly number[] => [operation, 0, ...unsigned(distance)];

type Instruction = readonly number[];

/** Instructions on sixteen bytes at once. */
export const vector: Readonly<Record<'load' | 'splat' | 'equal' | 'bitmask', Instruction>> = {
  load: [VECTOR, 0, 0, 0],
  splat: [VECTOR, 0x0f],
  equal: [VECTOR, 0x23],
  bitmask: [VECTOR, ...unsigned(0x64)],
};

/** Repeats its body for as long as the condition before it holds. */
export const whilst = (condition: readonly number[], body: readonly number[]): readonly number[] =>
  [[OP.block, VOID, OP.loop, VOID], condition, [OP.eqz, OP.brIf, 1], body, [OP.br, 0, OP.end, OP.end]].flat();

/** A function of 32-bit numbers. */
export interface Routine {
  readonly name: string;
  readonly parameters: number;
  readonly results: number;
  readonly locals: number;
  readonly body: readonly number[];
}

const section = (id: number, items: readonly (readonly number[])[]): readonly number[] => {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
};

const named = (name: string): readonly number[] => [...unsigned(name.length), ...Buffer.from(name, 'latin1')];

const repeated = (count: number): readonly number[] => Array.from({ length: count }, () => I32);

const typeOf = ({ parameters, results }: Routine): readonly number[] =>
  [[FUNCTION, parameters], repeated(parameters), [results], repeated(results)].flat();

const codeOf = ({ locals, body }: Routine): readonly number[] => {
  const code = [1, ...unsigned(locals), I32, ...body, OP.end];
  return [...unsigned(code.length), ...code];
};

const HEADER: readonly number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const [TYPES, FUNCTIONS, MEMORIES, EXPORTS, CODES] = [1, 3, 5, 7, 10] as const;

/** A module of routines over one memory of so many pages of 64 KiB, which it exports as `memory`. */
export const assemble = (routines: readonly Routine[], pages: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...HEADER,
    ...section(TYPES, routines.map(typeOf)),
    ...section(
      FUNCTIONS,
      routines.map((_, index) => [index]),
    ),
    ...section(MEMORIES, [[0, ...unsigned(pages)]]),
    ...section(EXPORTS, [[...named('memory'), 2, 0], ...routines.map(({ name }, index) => [...named(name), 0, index])]),
    ...section(CODES, routines.map(codeOf)),
  ]);
