import type { LastExit, PortBlock } from '../../model/service.ts';
import type { ServiceRecord } from './records.ts';

/** How an asked-for start came out, in words. */
export interface StartVerdict {
  readonly outcome: 'done' | 'failed';
  readonly detail: string | null;
  /** The next command to type. */
  readonly hint: string | null;
}

const DONE: StartVerdict = { outcome: 'done', detail: null, hint: null };

const endOf = ({ code, signal }: LastExit): string => {
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'ended, and nobody saw how' : `ended with exit ${code}`;
};

/** How a service ended and why, in one sentence without a stop. */
export const describeExit = (exit: LastExit): string => {
  const { rootCause, evidence } = exit;
  if (rootCause === null) return endOf(exit);
  return `${endOf(exit)}: ${rootCause}${evidence === null ? '' : `: ${evidence}`}`;
};

const causeHint = ({ name, lastExit }: Pick<ServiceRecord, 'lastExit'> & { readonly name: string }): string => {
  const port = lastExit?.detail['port'];
  if (lastExit?.rootCause === 'EADDRINUSE' && port !== undefined) return `devdoctor why ${port}`;
  return `devdoctor logs ${/[^\w.-]/.test(name) ? JSON.stringify(name) : name} --err --nostream`;
};

const failed = (record: ServiceRecord, detail: string): StartVerdict => ({
  outcome: 'failed',
  detail,
  hint: causeHint({ name: record.spec.name, lastExit: record.lastExit }),
});

const restVerdict = (record: ServiceRecord): StartVerdict => {
  const { lastExit } = record;
  if (lastExit === null || (lastExit.code === 0 && lastExit.signal === null)) {
    return { ...DONE, detail: lastExit === null ? null : 'it ended with exit 0, and is not to be started again' };
  }
  return failed(record, `it ${describeExit(lastExit)}, and is not to be started again`);
};

/** Why a service is errored, with the cause that its output tells. */
export const describeGivingUp = ({ reason, lastExit }: ServiceRecord): string => {
  const why = reason ?? 'it failed';
  const cause = lastExit?.rootCause ?? null;
  if (cause === null || !why.includes('given up')) return why;
  return `${why}; last: ${cause}${lastExit?.evidence == null ? '' : `: ${lastExit.evidence}`}`;
};

const blockedVerdict = (block: PortBlock | null): StartVerdict => ({
  outcome: 'failed',
  detail: `port ${block?.port ?? '?'} is held by ${block?.holder ?? 'another program'}; it starts by itself once the port is free`,
  hint: `devdoctor fix --port ${block?.port ?? 'N'}`,
});

const crashVerdict = (record: ServiceRecord): StartVerdict => {
  const { lastExit } = record;
  return failed(record, `it ${lastExit === null ? 'ended' : describeExit(lastExit)}; it is being started again`);
};

/** Tells how a start came out, from how the service is once it has settled. */
export const judgeStart = (record: ServiceRecord, trouble: string | null): StartVerdict => {
  const { status } = record;
  switch (status) {
    case 'online':
      return trouble === null ? DONE : failed(record, trouble);
    case 'stopped':
      return restVerdict(record);
    case 'blocked':
      return blockedVerdict(record.blockedBy);
    case 'errored':
      return failed(record, describeGivingUp(record));
    case 'waiting restart':
      return crashVerdict(record);
    case 'launching':
    case 'stopping':
      return failed(record, `it is still ${status}`);
  }
};
