/** Controls and marks that JSON may hold as they are, and a terminal would obey. */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One result as one JSON object and a newline, harmless to a terminal. */
export const toJson = (result: object): string => `${JSON.stringify(result, null, 2).replace(OBEYED, escape)}\n`;

/** The same on a single line, for one result after another. */
export const toJsonLine = (result: object): string => `${JSON.stringify(result).replace(OBEYED, escape)}\n`;
