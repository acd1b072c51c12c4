import { MAY_MATCH, SKIP_BITS, type NeedleTable } from './needle-table.ts';
import { LANES, PLACE_BYTES, searchRoutines } from './search-routines.ts';
import { assemble } from './web-assembly.ts';
import { lazy } from '../../util/lazy.ts';

/** Searches a text that lies in its own memory. */
export interface SearchEngine {
  /** The text is written here. */
  readonly text: Buffer;
  /**
   * The places from `from` on at which, by the table, the last pair of a window may stand, in order when the lists are
   * read one after the other. Good until the next search.
   */
  readonly search: (from: number, to: number) => readonly Uint32Array[];
  /** How much larger the places in these lists are than those in the text. */
  readonly base: number;
  /** Line feeds from `from` to `to`. */
  readonly countLines: (from: number, to: number) => number;
}

/** The part of WebAssembly that is used; a run-time without a compiler has none of it. */
interface Compiler {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly search: (...lanesAndMarks: readonly number[]) => void;
  readonly countLines: (from: number, to: number) => number;
}

const PAGE = 65_536;
const NEWLINE = 10;
/** The table of skips comes first, one page; then the ends of the findings, and the text. */
const MARKS = PAGE;
const TEXT = PAGE * 2;

const compilerOf = (host: object): Compiler | null =>
  'WebAssembly' in host && typeof host.WebAssembly === 'object' ? (host.WebAssembly as Compiler | null) : null;

/** Every text has room for its findings: four bytes for each place of a lane, and a lane is a quarter of the text. */
const pagesFor = (capacity: number): number => TEXT / PAGE + Math.ceil(capacity / PAGE) * (1 + LANES) + 1;

const codeFor = (capacity: number): Uint8Array => assemble(searchRoutines(), pagesFor(capacity));

const vectorEngine = (compiler: Compiler, { skips, back }: NeedleTable, capacity: number): SearchEngine => {
  const { exports } = new compiler.Instance(new compiler.Module(codeFor(capacity)));
  const { memory, search, countLines } = exports;
  const room = Math.ceil(capacity / PAGE) * PAGE;
  const marks = new Uint32Array(memory.buffer, MARKS, LANES);
  new Uint8Array(memory.buffer).set(skips);
  return {
    text: Buffer.from(memory.buffer, TEXT, capacity),
    search: (from, to) => {
      const begin = Math.min(from + back, to);
      const share = Math.ceil((to - begin) / LANES);
      const lanes = Array.from({ length: LANES }, (_, lane) => ({
        place: TEXT + begin + lane * share,
        end: TEXT + Math.min(begin + (lane + 1) * share, to - 1),
        out: TEXT + room * (1 + lane),
      }));
      search(...lanes.flatMap(({ place, end, out }) => [place, end, out]), MARKS);
      return lanes.map(
        ({ out }, lane) => new Uint32Array(memory.buffer, out, ((marks[lane] ?? out) - out) / PLACE_BYTES),
      );
    },
    base: TEXT,
    countLines: (from, to) => countLines(TEXT + from, TEXT + to),
  };
};

/** The same without a compiler for vectors, several times slower. */
export const plainEngine = ({ skips, back }: NeedleTable, capacity: number): SearchEngine => {
  const text = Buffer.allocUnsafe(capacity);
  return {
    text,
    search: (from, to) => {
      const places: number[] = [];
      for (let place = from + back; place < to - 1;) {
        const entry = skips[(text[place] ?? 0) | ((text[place + 1] ?? 0) << 8)] ?? 1;
        if (entry >= MAY_MATCH) places.push(place);
        place += entry & SKIP_BITS;
      }
      return [Uint32Array.from(places)];
    },
    base: 0,
    countLines: (from, to) => {
      let count = 0;
      for (let at = text.indexOf(NEWLINE, from); at !== -1 && at < to; at = text.indexOf(NEWLINE, at + 1)) count += 1;
      return count;
    },
  };
};

const compiler = lazy(() => compilerOf(globalThis));

/** The fastest engine that this run-time has. */
export const searchEngine = (table: NeedleTable, capacity: number): SearchEngine => {
  const found = compiler();
  return found === null ? plainEngine(table, capacity) : vectorEngine(found, table, capacity);
};
