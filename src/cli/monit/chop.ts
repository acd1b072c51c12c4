import { displayWidth } from '../../util/display-width.ts';

const ASCII = /^[\x20-\x7e]*$/;

const chopAscii = (text: string, width: number): readonly string[] => {
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += width) parts.push(text.slice(start, start + width));
  return parts;
};

/** Cuts a text into rows of at most `width` columns, wherever they end, so that a log shows every character. */
export const chop = (text: string, width: number): readonly string[] => {
  const room = Math.max(2, width);
  if (text.length <= room && ASCII.test(text)) return [text];
  if (ASCII.test(text)) return chopAscii(text, room);
  const parts: string[] = [];
  let part = '';
  let taken = 0;
  for (const character of text) {
    const columns = displayWidth(character);
    if (taken + columns > room) {
      parts.push(part);
      part = '';
      taken = 0;
    }
    part += character;
    taken += columns;
  }
  return [...parts, part];
};
