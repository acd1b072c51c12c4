import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;

/** Columns a text takes on a terminal: wide characters two, combining marks none. */
export const displayWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));
