import { stripVTControlCharacters } from 'node:util';

const MAY_HOLD_ESCAPES = /[\u001b\u009b]/;
/** Controls other than tab, and the marks that a byte order or a broken sequence leaves. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/g;
const HAS_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/;
/** A line as a person would have read it: no escape sequences, no NUL runs, no other controls. */
export const cleanText = (raw: string): string => {
  const plain = MAY_HOLD_ESCAPES.test(raw) ? stripVTControlCharacters(raw) : raw;
  return HAS_CONTROLS.test(plain) ? plain.replace(CONTROLS, '') : plain;
};
