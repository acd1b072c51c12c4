import type { BirthMark, LogSpec, ServiceSpec } from '../../../model/service.ts';

/** What is known of a service whose logs are kept. */
export interface LogService {
  readonly id: number;
  readonly spec: Pick<ServiceSpec, 'name' | 'uid' | 'gid'>;
  readonly logs: LogSpec;
}

/** The processes that write to a file; `null` while nobody knows them yet. */
export type Writers = (() => readonly BirthMark[]) | null;
