import type { LogSpec } from '../../model/service.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { LogSource, Stream } from './types.ts';

/** The logs of services, and which services have none. */
export interface Sources {
  /** In the order of services, standard output first. Each file once. */
  readonly sources: readonly LogSource[];
  /** Sentences for people. */
  readonly notices: readonly string[];
}

interface Named {
  readonly stream: Stream;
  readonly path: string;
}

/** A file with both streams says nothing that the files of each do not say; alone it is all there is. */
const filesOf = ({ out, error, combined }: LogSpec): readonly Named[] => {
  const own: Named[] = [
    ...(out === null ? [] : [{ stream: 'out' as const, path: out }]),
    ...(error === null || error === out ? [] : [{ stream: 'err' as const, path: error }]),
  ];
  return own.length > 0 || combined === null ? own : [{ stream: 'out', path: combined }];
};

/** Does a file hold lines of both streams? */
const isMixed = ({ out, error }: LogSpec): boolean => out === error;

const WORDS: Readonly<Record<Stream, string>> = { out: 'standard output', err: 'standard error' };

const noticeOf = (label: string, files: readonly Named[], streams: ReadonlySet<Stream>): string => {
  if (files.length === 0) return `${label} keeps no logs: they are disabled in its configuration`;
  const [wanted = 'out'] = streams;
  return `${label} keeps no log of its ${WORDS[wanted]}: it is disabled in its configuration`;
};

/** What tells the instances of a name apart. */
const labelsOf = (all: readonly ServiceRecord[]): ((record: ServiceRecord) => string) => {
  const counts = new Map<string, number>();
  for (const { spec } of all) counts.set(spec.name, (counts.get(spec.name) ?? 0) + 1);
  return ({ id, spec }) => ((counts.get(spec.name) ?? 0) > 1 ? `${spec.name}:${id}` : spec.name);
};

/** How many instances of how many names write to each file. */
const writersOf = (all: readonly ServiceRecord[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { logs } of all) {
    for (const { path } of filesOf(logs)) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return counts;
};

/**
 * The log files of the chosen services, for the wanted streams. A file that several instances share is shown once, under
 * the name alone.
 */
export const sourcesOf = (
  all: readonly ServiceRecord[],
  chosen: readonly ServiceRecord[],
  streams: ReadonlySet<Stream>,
): Sources => {
  const [labelOf, writers] = [labelsOf(all), writersOf(all)];
  const sources = new Map<string, LogSource>();
  const notices: string[] = [];
  for (const record of chosen.toSorted((a, b) => a.id - b.id)) {
    const files = filesOf(record.logs);
    const wanted = files.filter(({ stream }) => streams.has(stream) || isMixed(record.logs));
    if (wanted.length === 0) notices.push(noticeOf(labelOf(record), files, streams));
    for (const { stream, path } of wanted) {
      if (sources.has(path)) continue;
      const service = record.spec.name;
      const label = (writers.get(path) ?? 0) > 1 ? service : labelOf(record);
      sources.set(path, { path, stream, id: record.id, service, label });
    }
  }
  return { sources: [...sources.values()], notices };
};
