import type { LogSpec, ServiceSpec } from '../../model/service.ts';

const numbered = (path: string | null, id: number): string | null => {
  if (path === null) return null;
  const dot = /\.[^./\\]+$/.exec(path)?.index ?? path.length;
  return `${path.slice(0, dot)}-${id}${path.slice(dot)}`;
};

/** The log files of one instance: of several that share no file, each has its id in the name. */
export const logsOfInstance = ({ logs, instances }: ServiceSpec, id: number): LogSpec =>
  instances <= 1 || logs.merged
    ? logs
    : { ...logs, out: numbered(logs.out, id), error: numbered(logs.error, id), combined: numbered(logs.combined, id) };
