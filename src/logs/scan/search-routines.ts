import { SKIP_BITS } from './needle-table.ts';
import { access, constant, get, OP, set, vector, whilst, type Routine } from './web-assembly.ts';

const VECTOR_BYTES = 16;
/** A finding is a number of 32 bits. */
export const PLACE_BYTES = 4;
const NEWLINE = 10;

/** Locals of one lane: where it is, where it ends, where its next finding goes, and the entry of the table. */
interface Lane {
  readonly place: number;
  readonly end: number;
  readonly out: number;
  readonly entry: number;
}

/**
 * One step of Wu and Manber's search. A finding is always written and only counted when it is one: a branch that is
 * taken now and then costs more than a store. The table of skips lies at address 0.
 */
const step = ({ place, out, entry }: Lane): readonly number[] =>
  [
    [...get(place), ...access(OP.load16), ...access(OP.load8), ...set(entry)],
    [...get(out), ...get(place), ...access(OP.store)],
    // A finding moves the output on by the size of one place.
    [...get(out), ...get(entry), ...constant(5), OP.shrU, ...constant(PLACE_BYTES), OP.and, OP.add, ...set(out)],
    [...get(place), ...get(entry), ...constant(SKIP_BITS), OP.and, OP.add, ...set(place)],
  ].flat();

const isInside = ({ place, end }: Lane): readonly number[] => [...get(place), ...get(end), OP.ltU];

/** So many parts of a text are searched at once. */
export const LANES = 4;
/** For each lane its place, end and output are given, in this order; the ends of the outputs stay where `marks` points. */
const laneOf = (index: number): Lane => ({
  place: index * 3,
  end: index * 3 + 1,
  out: index * 3 + 2,
  entry: LANES * 3 + 1 + index,
});

/**
 * Four parts of a text at once: each step waits for memory twice, and waiting for four is no longer than for one. Where
 * each lane's findings end is written to the address of the last parameter.
 */
const search = (): Routine => {
  const lanes = Array.from({ length: LANES }, (_, index) => laneOf(index));
  const marks = LANES * 3;
  const allInside = lanes.flatMap((lane, index) => [...isInside(lane), ...(index === 0 ? [] : [OP.and])]);
  return {
    name: 'search',
    parameters: LANES * 3 + 1,
    results: 0,
    locals: LANES,
    body: [
      ...whilst(allInside, lanes.flatMap(step)),
      ...lanes.flatMap((lane) => whilst(isInside(lane), step(lane))),
      ...lanes.flatMap(({ out }, index) => [...get(marks), ...get(out), ...access(OP.store, index * PLACE_BYTES)]),
    ],
  };
};

const [FROM, TO, COUNT] = [0, 1, 2] as const;

/** How many line feeds stand between two addresses. */
const countLines = (): Routine => ({
  name: 'countLines',
  parameters: 2,
  results: 1,
  locals: 1,
  body: [
    whilst(
      [...get(FROM), ...constant(VECTOR_BYTES), OP.add, ...get(TO), OP.ltU],
      [
        [...get(COUNT), ...get(FROM), ...vector.load, ...constant(NEWLINE), ...vector.splat],
        [...vector.equal, ...vector.bitmask, OP.popcnt, OP.add, ...set(COUNT)],
        [...get(FROM), ...constant(VECTOR_BYTES), OP.add, ...set(FROM)],
      ].flat(),
    ),
    whilst(
      [...get(FROM), ...get(TO), OP.ltU],
      [
        [...get(COUNT), ...get(FROM), ...access(OP.load8), ...constant(NEWLINE), OP.eq, OP.add, ...set(COUNT)],
        [...get(FROM), ...constant(1), OP.add, ...set(FROM)],
      ].flat(),
    ),
    get(COUNT),
  ].flat(),
});

export const searchRoutines = (): readonly Routine[] => [search(), countLines()];
