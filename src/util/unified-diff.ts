/** Lines around a change that show where it is. */
const CONTEXT = 2;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** How many lines the rests of two texts have in common, for each pair of places where the rests begin. */
const commonAfter = (before: readonly string[], after: readonly string[]): ((i: number, j: number) => number) => {
  const width = after.length + 1;
  const cells = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => cells[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      cells[i * width + j] = before[i] === after[j] ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
};

const compare = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  const common = commonAfter(before, after);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, next] = [before[i], after[j]];
    if (old !== undefined && old === next) {
      lines.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (next === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else if (next !== undefined) {
      lines.push({ sign: '+', text: next });
      j += 1;
    }
  }
  return lines;
};

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

/** How many lines two texts begin with alike. */
const alikeAtStart = (a: readonly string[], b: readonly string[]): number => {
  const differs = a.findIndex((line, index) => line !== b[index]);
  return differs === -1 ? a.length : differs;
};

const count = (lines: readonly Line[], without: Line['sign']): number =>
  lines.filter(({ sign }) => sign !== without).length;

/**
 * What changed between two texts, as one hunk of a unified diff: a head that names the lines, then lines that begin
 * with a space, `-` or `+`. Empty where nothing changed. The ends of lines are left out.
 */
export const unifiedDiff = (before: string, after: string): readonly string[] => {
  const [a, b] = [linesOf(before), linesOf(after)];
  if (before === after) return [];
  const start = Math.max(0, alikeAtStart(a, b) - CONTEXT);
  const alike = alikeAtStart(a.slice(start).toReversed(), b.slice(start).toReversed());
  const end = Math.max(0, alike - CONTEXT);
  const lines = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const head = `@@ -${start + 1},${count(lines, '+')} +${start + 1},${count(lines, '-')} @@`;
  return [head, ...lines.map(({ sign, text }) => `${sign}${text}`)];
};
