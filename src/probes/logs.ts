import { closeSync, readFileSync, statSync } from 'node:fs';
import { causeOf, fillDetail } from '../logs/causes/index.ts';
import { diagnoseEnds } from '../logs/tail-first.ts';
import type { LogDiagnosis, LogReport, LogSource } from '../logs/types.ts';
import type { Clock } from '../model/clock.ts';
import type { CauseWords, LogFacts, LogOutcome, LogRequest, ServiceLog } from '../model/log.ts';
import { read, type Reading } from '../model/snapshot.ts';
import { openLog, type OpenedLog } from './open-log.ts';
import { fileAccess, readPipe, type OnCut } from './read-log.ts';

/** A source map is some times the size of its code; beyond this it is not worth the wait. */
const MOST_TEXT_BYTES = 33_554_432;

type Opened = Extract<OpenedLog, { readonly ok: true }>;

interface OpenInput {
  readonly name: string;
  readonly opened: Opened;
}

const readText = (path: string): string | null => {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= MOST_TEXT_BYTES ? readFileSync(path, 'utf8') : null;
  } catch {
    // A place that cannot be read is told as the trace gives it.
    return null;
  }
};

interface Judged {
  readonly report: LogReport;
  readonly cuts: ReadonlyMap<string, string>;
}

const judgeAll = async (inputs: readonly OpenInput[], streams: readonly LogSource[], clock: Clock): Promise<Judged> => {
  const cuts = new Map<string, string>();
  const onCut =
    (name: string): OnCut =>
    (detail) =>
      void cuts.set(name, detail);
  const files = inputs.flatMap(({ name, opened }) => (opened.seekable ? [fileAccess(name, opened, onCut(name))] : []));
  const pipes = inputs.flatMap(({ name, opened }): LogSource[] =>
    opened.seekable ? [] : [{ name, modifiedAt: null, chunks: readPipe(opened.descriptor, clock, onCut(name)) }],
  );
  const report = await diagnoseEnds(files, [...pipes, ...streams], { now: clock.now(), readText });
  for (const name of report.cutLines) onCut(name)('a line of it is longer than 256 KiB and was cut');
  return { report, cuts };
};

const wordsOf = ({ code, detail }: LogDiagnosis['rootCause']): CauseWords | null => {
  const cause = causeOf(code);
  if (cause === null) return null;
  const fill = (text: string): string => fillDetail(text, detail);
  return {
    title: fill(cause.title),
    remedy: cause.remedy.map(fill),
    wrongRemedies: cause.wrongRemedies.map(fill),
    watch: fill(cause.watch),
  };
};

const serviceOf = (diagnosis: LogDiagnosis): ServiceLog => {
  const { location } = diagnosis;
  return {
    ...diagnosis,
    words: wordsOf(diagnosis.rootCause),
    evidence: diagnosis.evidence.map(({ file, line, text, role }) => ({ file, line, text, role })),
    location: location === null ? null : { path: location.path, line: location.line, column: location.column },
  };
};

const outcomesOf = ({ report, cuts }: Judged): readonly LogOutcome[] =>
  report.outcomes.map(({ name, state, detail }) => {
    const cut = cuts.get(name);
    return cut === undefined ? { name, state, detail } : { name, state: 'cut', detail: cut };
  });

/** Reads logs and says what each service's restarts look like. What cannot be read is an outcome, and the rest is judged. */
export const readLogs = async ({ inputs, named, clock }: LogRequest): Promise<Reading<LogFacts>> => {
  const unreadable: LogOutcome[] = [];
  const files: OpenInput[] = [];
  const streams: LogSource[] = [];
  for (const input of inputs) {
    if (input.kind === 'stream') {
      streams.push({ name: input.name, modifiedAt: null, chunks: input.chunks });
      continue;
    }
    const opened = openLog(input.path);
    if (opened.ok) files.push({ name: input.name, opened });
    else unreadable.push({ name: input.name, state: 'unreadable', detail: opened.detail });
  }
  try {
    const judged = await judgeAll(files, streams, clock);
    const services = judged.report.diagnoses.map(serviceOf);
    return read(
      { services, outcomes: [...unreadable, ...outcomesOf(judged)], named, trees: [] },
      inputs.map(({ name }) => name).join(', '),
    );
  } finally {
    for (const { opened } of files) closeSync(opened.descriptor);
  }
};
