/** What is left of a word, or of a word with quotes in it. */
const PART = /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([^\s\\'"]+)/y;

/** Between double quotes a shell takes `\` for itself before these alone. */
const unescape = (quoted: string): string =>
  quoted.replace(/\\([$`"\\\n])/g, (_, next: string) => (next === '\n' ? '' : next));

/** Parts a line into words as a POSIX shell does, with quotes and `\`; nothing is put in for `$NAME`. `null` for an open quote. */
export const splitWords = (line: string): readonly string[] | null => {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length;) {
    if (/\s/.test(line.charAt(at))) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    PART.lastIndex = at;
    const [whole, escaped, single, double, plain] = PART.exec(line) ?? [];
    if (whole === undefined) return null;
    word = `${word ?? ''}${escaped ?? single ?? (double === undefined ? plain : unescape(double))}`;
    at += whole.length;
  }
  return word === null ? words : [...words, word];
};
