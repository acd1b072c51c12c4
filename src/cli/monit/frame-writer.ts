import type { Screen } from './screen.ts';

const ESC = '\u001b[';

/** Terminals that know these show a frame at once; others pass over them. */
const BEGIN = `${ESC}?2026h`;
const END = `${ESC}?2026l`;

/** Alternate screen, no cursor, and nothing wraps by itself: a row that is wider than we think must not move the others. */
export const ENTER: string = `${ESC}?1049h${ESC}?25l${ESC}?7l`;

/** Everything back as it was, in the reverse order. */
export const LEAVE: string = `${ESC}0m${ESC}?7h${ESC}?25h${ESC}?1049l`;

/**
 * What to write so that rows which differ from the ones before become the new ones. A row is cleared before it is written: clearing
 * to its end afterwards would take its last character.
 */
export const frameUpdate = (before: readonly string[] | null, rows: readonly string[]): string => {
  const clear = before === null || before.length !== rows.length;
  const changed = rows.flatMap((row, index) =>
    clear || before[index] !== row ? [`${ESC}${index + 1};1H${ESC}0m${ESC}2K${row}${ESC}0m`] : [],
  );
  if (changed.length === 0) return '';
  return `${BEGIN}${clear ? `${ESC}2J` : ''}${changed.join('')}${END}`;
};

/** Writes each frame as what differs from the one before it. */
export const frameWriter = (write: (update: string) => void): Pick<Screen, 'draw' | 'forget'> => {
  let before: readonly string[] | null = null;
  return {
    draw: (rows) => {
      const update = frameUpdate(before, rows);
      before = rows;
      if (update !== '') write(update);
    },
    forget: () => {
      before = null;
    },
  };
};
