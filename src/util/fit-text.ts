import { displayWidth } from './display-width.ts';

/** Cuts a text to a number of columns, with `…` where something was cut. */
export const truncate = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
};

const breakWord = (word: string, width: number): string[] => {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (displayWidth(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
};

/** Breaks a text into lines of at most `width` columns, at spaces where it can. */
export const wrap = (text: string, width: number): readonly string[] => {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => (displayWidth(word) > room ? breakWord(word, room) : [word]))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) > room && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
};
