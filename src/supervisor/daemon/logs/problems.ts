/** Tells each trouble once, however often it comes up, until it is over. */
export interface Problems {
  /** `key` names the trouble, `text` tells it. */
  readonly tell: (key: string, text: string) => void;
  readonly over: (key: string) => void;
}

/** Remembers which troubles were told. */
export const createProblems = (onProblem: (text: string) => void): Problems => {
  const told = new Set<string>();
  return {
    tell: (key, text) => {
      if (told.has(key)) return;
      told.add(key);
      onProblem(text);
    },
    over: (key) => void told.delete(key),
  };
};
