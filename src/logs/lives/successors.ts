/** The lines that follow an end, and whether they are lines that a program begins with. */
export interface SuccessorCounts {
  readonly all: number;
  /** Those that speak for a new life: a run-time's error, a start, or a line that stands nowhere else. */
  readonly supported: number;
  /** Those of them whose end a run-time or a runner told, or that begin a life without doubt. */
  readonly sure: number;
  /** Those of the sure that read like a beginning by themselves. */
  readonly spoken: number;
}

const TEMPLATES_KEPT = 200;
/** Of a line that only begins lives, nearly all come after an end. */
const EXCLUSIVE_SHARE = 0.6;

/** What speaks for a start: the run-time's error or the log's first line; or the words of the line. */
export interface Speech {
  readonly begins: boolean;
  readonly boots: boolean;
  /** The end before it was told in words that others use as well, or the line counts how often it came. */
  readonly isWeak: boolean;
}

export interface Successors {
  readonly add: (template: string, speech: Speech) => void;
  /** Judges by how often each template stands in the whole log. */
  readonly counts: (totalOf: (template: string) => number) => SuccessorCounts;
}

export const successors = (): Successors => {
  const templates = new Map<string, { count: number; begins: boolean; boots: boolean; weak: number }>();
  let beyond = 0;
  return {
    add: (template, { begins, boots, isWeak }) => {
      const known = templates.get(template);
      if (known !== undefined) {
        known.count += 1;
        known.begins ||= begins;
        known.boots ||= boots;
        known.weak += isWeak ? 1 : 0;
      } else if (templates.size < TEMPLATES_KEPT)
        templates.set(template, { count: 1, begins, boots, weak: isWeak ? 1 : 0 });
      else beyond += 1;
    },
    counts: (totalOf) => {
      let [all, supported, sure, spoken] = [beyond, 0, 0, 0];
      for (const [template, { count, begins, boots, weak }] of templates) {
        // The first line of the log begins a life too, and follows no end.
        const isExclusive = count >= (totalOf(template) - 1) * EXCLUSIVE_SHARE;
        all += count;
        if (!begins && !isExclusive) continue;
        supported += count;
        if (!begins && weak > 0 && weak >= (count - 1) * EXCLUSIVE_SHARE) continue;
        sure += count;
        if (begins || boots) spoken += count;
      }
      return { all, supported, sure, spoken };
    },
  };
};
