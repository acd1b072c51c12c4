import type { LogCause, LogFacts } from '../model/log.ts';

const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\]|0\.0\.0\.0|::|\*)?$/;

/** The port of this machine that a cause is about; `null` where it names none, or one of another machine. */
export const localPortOf = ({ code, detail }: LogCause): number | null => {
  if (code !== 'EADDRINUSE' && code !== 'ECONNREFUSED_DB') return null;
  const port = Number(detail['port']);
  const address = detail['address'] ?? detail['host'] ?? '';
  return Number.isInteger(port) && port > 0 && port < 65_536 && LOCAL.test(address) ? port : null;
};

/** The ports that logs name as taken or as refusing, each once. */
export const portsNamedIn = ({ services }: LogFacts): readonly number[] => [
  ...new Set(services.flatMap(({ rootCause }) => localPortOf(rootCause) ?? [])),
];
