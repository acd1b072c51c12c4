import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../../../src/util/display-width.ts';

const JUMP = /\u001b\[(\d+)G/;

/** A row as a terminal shows it: jumps become blanks, colours go. */
export const shownRow = (row: string): string => {
  let shown = '';
  let rest = row;
  for (let jump = JUMP.exec(rest); jump !== null; jump = JUMP.exec(rest)) {
    shown += stripVTControlCharacters(rest.slice(0, jump.index));
    const blanks = Number(jump[1]) - 1 - displayWidth(shown);
    if (blanks < 0) throw new Error(`a jump back over what was written: ${JSON.stringify(row)}`);
    shown += ' '.repeat(blanks);
    rest = rest.slice(jump.index + jump[0].length);
  }
  return (shown + stripVTControlCharacters(rest)).trimEnd();
};

/** All rows as a terminal shows them. */
export const shownText = (rows: readonly string[]): string => rows.map(shownRow).join('\n');
