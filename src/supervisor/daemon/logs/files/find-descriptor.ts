import { constants, openSync, statSync } from 'node:fs';
import { errorCode } from '../../../../util/error-code.ts';

/** Output and errors. */
const STREAMS = [1, 2];

const isInode = (path: string, inode: number): boolean => {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.ino === inode;
  } catch (error) {
    // Gone, hidden from us, or a system that shows no descriptors.
    if (errorCode(error) === null) throw error;
    return false;
  }
};

const openIfAny = (path: string): number | null => {
  try {
    return openSync(path, constants.O_RDWR | constants.O_APPEND);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
};

/**
 * Opens a file by its inode: under one of these paths, or else through the output of a process that writes to it. So even
 * one without a name is found again. `null` when it is nowhere.
 */
export const findDescriptor = (inode: number, paths: readonly string[], pids: readonly number[]): number | null => {
  const streams = pids.flatMap((pid) => STREAMS.map((stream) => `/proc/${pid}/fd/${stream}`));
  const path = [...paths, ...streams].find((candidate) => isInode(candidate, inode));
  return path === undefined ? null : openIfAny(path);
};
