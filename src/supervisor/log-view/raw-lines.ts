import type { ViewedLine } from './types.ts';

const NEWLINE = Buffer.from('\n');

/** Writes lines as they are, byte for byte. Only where one log broke off in its line the next begins a new one. */
export const rawLines = (): ((lines: readonly ViewedLine[]) => Buffer) => {
  let open: ViewedLine | null = null;
  return (lines) => {
    const bytes: Buffer[] = [];
    for (const line of lines) {
      if (open !== null && open.source.path !== line.source.path) bytes.push(NEWLINE);
      bytes.push(line.bytes);
      if (line.ended) bytes.push(NEWLINE);
      open = line.ended ? null : line;
    }
    return Buffer.concat(bytes);
  };
};
