import { constants } from 'node:os';

/** Does the text of /proc/PID/status say that the process ignores this signal? */
export const ignoresSignal = (status: string, signal: NodeJS.Signals): boolean => {
  const mask = /^SigIgn:\s+([0-9a-f]+)$/m.exec(status)?.[1];
  return mask !== undefined && ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
};
