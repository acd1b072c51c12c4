import { decodeSource } from './decode/decode-source.ts';
import { groupStreams } from './decode/rotated.ts';
import { diagnoseService } from './diagnose-service.ts';
import { mergeServices } from './merge-services.ts';
import { lineScanner } from './scan/line-scanner.ts';
import { needleFinder, type NeedleFinder } from './scan/needle-finder.ts';
import { skimWords } from './scan/skim-words.ts';
import { streamReader, type StreamSummary } from './stream-reader.ts';
import type { LogDiagnosis, LogOptions, LogReport, LogSource, SourceOutcome } from './types.ts';

/** Enough to learn what a stream's lines look like, and to read whole what most projects have. */
const READ_ALL_BYTES = 262_144;
const BYTE_LIMIT = 4_294_967_296;

const yearOf = (sources: readonly LogSource[], now: number | null): number => {
  const at = sources.find(({ modifiedAt }) => modifiedAt !== null)?.modifiedAt ?? now ?? 0;
  return new Date(at).getUTCFullYear();
};

interface StreamRead {
  readonly summary: StreamSummary;
  readonly outcomes: readonly SourceOutcome[];
  readonly startWords: readonly string[];
}

const readStream = async (sources: readonly LogSource[], options: LogOptions): Promise<StreamRead> => {
  const fromStart = sources[0]?.fromStart ?? true;
  const reader = streamReader({ year: yearOf(sources, options.now), fromStart });
  const finder = (sample: Uint8Array, capacity: number): NeedleFinder => {
    const told = sources.flatMap(({ startWords }) => startWords ?? []);
    return needleFinder(skimWords([...reader.startWords(), ...told]), sample, capacity);
  };
  const outcomes: SourceOutcome[] = [];
  for (const source of sources) {
    const offset = source.startOffset ?? 0;
    reader.beginSource({ file: source.name, numbered: offset === 0 });
    const readAllBytes = options.readAllBytes ?? READ_ALL_BYTES;
    const scanner = lineScanner(reader, { finder, readAllBytes, offset });
    const result = await decodeSource(source.chunks, options.byteLimit ?? BYTE_LIMIT, scanner.push);
    scanner.end();
    reader.endSource();
    outcomes.push({ name: source.name, ...result });
  }
  return { summary: reader.summary(), outcomes, startWords: reader.startWords() };
};

/** Words by which the lines that lives begin with are found in other parts of a log. */
export const startWordsOf = async (source: LogSource, options: LogOptions): Promise<readonly string[]> =>
  (await readStream([source], options)).startWords;

const RANKS: readonly ((diagnosis: LogDiagnosis) => boolean)[] = [
  ({ restartLoop }) => restartLoop,
  ({ ambiguous }) => ambiguous !== null,
  ({ pastLoop }) => pastLoop,
  ({ unplanned }) => unplanned > 0,
  ({ rootCause }) => rootCause.code !== 'NONE',
];

const rankOf = (diagnosis: LogDiagnosis): number => {
  const rank = RANKS.findIndex((isSo) => isSo(diagnosis));
  return rank === -1 ? RANKS.length : rank;
};

const latestOf = (files: readonly string[], sources: readonly LogSource[]): number | null => {
  const times = sources.filter(({ name }) => files.includes(name)).map(({ modifiedAt }) => modifiedAt);
  const told = times.filter((time) => time !== null);
  return told.length === 0 ? null : Math.max(...told);
};

/**
 * Reads logs and says for each service how often it restarted, whether it is in a restart loop, and why. Rotated siblings
 * are found by their names and read as one log, oldest first; a caller that knows better names the stream of each source
 * and gives them in order. Nothing is thrown for a source that cannot be read to its end: `outcomes` names it.
 */
export const diagnoseLogs = async (sources: readonly LogSource[], options: LogOptions): Promise<LogReport> => {
  const reads: StreamRead[] = [];
  for (const { sources: parts } of groupStreams(sources)) reads.push(await readStream(parts, options));
  const services = mergeServices(reads.map(({ summary }) => summary));
  const diagnoses = services.map((service) => diagnoseService(service, latestOf(service.files, sources), options));
  return {
    diagnoses: diagnoses.sort((a, b) => rankOf(a) - rankOf(b) || b.restarts - a.restarts),
    outcomes: reads.flatMap(({ outcomes }) => outcomes),
  };
};
