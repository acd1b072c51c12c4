/** `/app/server.js:12`, as Node prints it above the line of source that failed. */
const FRAME_HEADER =
  /^(?:\S+:\s)?(?:(?:file:\/\/|node:|\/|[A-Za-z]:[/\\]).*|[^\s:][^:]*\.(?:[cm]?[jt]sx?|json)|undefined|<anonymous_script>|evalmachine\.<anonymous>|\[[\w ]+\]):\d+$/;
const CARETS = /^\s*\^+\s*$/;
const PYTHON_FRAME = /^\s*File "[^"]*", line \d+/;
const PYTHON_SOURCE = /^\s{4}/;
const BUNDLER_FRAME = /^\s*(?:>\s*)?\d+\s*[|│]/;

/** Node quotes one line; a statement over several lines is cut to its first. */
const FARTHEST_CARET = 4;

const caretBelow = (block: readonly string[], header: number): number => {
  for (let index = header + 1; index <= header + FARTHEST_CARET && index < block.length; index += 1) {
    if (CARETS.test(block[index] ?? '')) return index;
  }
  return -1;
};

/** The index of the carets below a frame header of Node; -1 where the line is no such header. */
export const caretsOf = (block: readonly string[], index: number): number =>
  FRAME_HEADER.test(block[index] ?? '') ? caretBelow(block, index) : -1;

/**
 * The lines that quote source code. They hold the very words of an error message, such as
 * `throw new Error('PORT is not set')`, whether or not it was thrown.
 */
export const quotedSource = (block: readonly string[]): ReadonlySet<number> => {
  const quoted = new Set<number>();
  for (const [index, line] of block.entries()) {
    if (BUNDLER_FRAME.test(line)) quoted.add(index);
    const carets = caretsOf(block, index);
    for (let below = index; below <= carets; below += 1) quoted.add(below);
    if (!PYTHON_FRAME.test(line)) continue;
    for (let below = index + 1; PYTHON_SOURCE.test(block[below] ?? ''); below += 1) quoted.add(below);
  }
  return quoted;
};
