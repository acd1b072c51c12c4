import { closeSync, constants, fchmodSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * A small file that holds one value or none, for what must be known after a sudden end. It has its room from the
 * beginning: it can be written on a full disk. A value that was not written whole reads as none, so what it announces
 * may begin only afterwards.
 */
export interface Slot {
  /** `false` when the value does not fit. */
  readonly write: (value: unknown) => boolean;
  readonly clear: () => void;
  readonly read: () => unknown;
  readonly close: () => void;
}

const EMPTY = 'null';
const SPACE = 0x20;

const readAll = (descriptor: number, bytes: number): string => {
  const buffer = Buffer.alloc(bytes);
  return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, bytes, 0));
};

/** Opens a slot, or makes one with room for so many bytes. */
export const openSlot = (path: string, bytes: number): Slot => {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  fchmodSync(descriptor, 0o600);
  let filled = fstatSync(descriptor).size;
  if (filled < bytes) {
    writeSync(descriptor, Buffer.alloc(bytes - filled, SPACE), 0, bytes - filled, filled);
    filled = bytes;
  }
  const put = (text: string): boolean => {
    const value = Buffer.from(text);
    if (value.length > bytes) return false;
    const padded = Buffer.alloc(Math.max(value.length, filled), SPACE);
    value.copy(padded);
    writeSync(descriptor, padded, 0, padded.length, 0);
    filled = value.length;
    return true;
  };
  return {
    write: (value) => put(JSON.stringify(value)),
    clear: () => void put(EMPTY),
    read: () => {
      try {
        return JSON.parse(readAll(descriptor, bytes)) as unknown;
      } catch {
        // Not written whole, or never: nothing was begun.
        return null;
      }
    },
    close: () => closeSync(descriptor),
  };
};
