const NUL = 0;

/** The value of a variable in the NUL-separated environment; of several the first, as for programs. */
export const valueIn = (environ: Buffer, variable: string): string | null => {
  const beginning = Buffer.from(`${variable}=`);
  for (let at = environ.indexOf(beginning); at >= 0; at = environ.indexOf(beginning, at + 1)) {
    if (at > 0 && environ[at - 1] !== NUL) continue;
    const from = at + beginning.length;
    const end = environ.indexOf(NUL, from);
    return environ.toString('utf8', from, end < 0 ? environ.length : end);
  }
  return null;
};
