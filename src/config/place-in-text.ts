/** Line and column of a place in a text, as editors count them. */
export const placeIn = (text: string, offset: number): string => {
  const lines = text
    .slice(0, offset)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
};
