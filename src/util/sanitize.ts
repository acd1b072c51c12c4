/** C0 and C1 controls, DEL, and the marks that reorder, hide or join text on a terminal. */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]/g;

/** Long enough for any command line a person reads. */
const DEFAULT_LIMIT = 4_096;

const escape = (character: string): string => {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/**
 * Makes text from the machine safe to print: no control sequence of theirs is ever ours. What is taken out
 * stays visible in escaped form, and what is too long is cut with its length told.
 */
export const sanitize = (text: string, limit: number = DEFAULT_LIMIT): string => {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text;
  return cut.toWellFormed().replace(UNPRINTABLE, escape);
};
