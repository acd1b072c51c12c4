import { bare, type Unwrapped } from './unwrapped.ts';

const CRI = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) ([FP])(?::\S+)? ?(.*)$/s;

/** The line format of Kubernetes nodes and podman. A long line comes as parts, `P … P F`. */
export const unwrapCri = (text: string): Unwrapped | null => {
  const match = CRI.exec(text);
  if (match === null) return null;
  const [, stamp = '', tag, rest = ''] = match;
  return { ...bare(rest), at: Date.parse(stamp), partial: tag === 'P' };
};
