import { constants } from 'node:os';
import { field, type FieldTable, type Reader } from './field.ts';
import { duration, readBoolean } from './readers.ts';

/** How a service comes up and is brought down. */
export interface EndOptions {
  readonly wait_ready: boolean;
  readonly listen_timeout: number;
  readonly kill_timeout: number;
  readonly kill_retry_time: number;
  readonly kill_signal: NodeJS.Signals;
  readonly treekill: boolean;
  readonly shutdown_with_message: boolean;
}

const readSignal: Reader<NodeJS.Signals> = (value, refuse) => {
  const name = typeof value === 'string' ? `SIG${value.toUpperCase().replace(/^SIG/, '')}` : '';
  return Object.hasOwn(constants.signals, name)
    ? (name as NodeJS.Signals)
    : refuse('the name of a signal, such as "SIGINT" or "SIGTERM"', value);
};

export const END_FIELDS: FieldTable<EndOptions> = {
  wait_ready: field(false, readBoolean),
  listen_timeout: field(3_000, duration()),
  kill_timeout: field(1_600, duration()),
  kill_retry_time: field(100, duration()),
  kill_signal: field<NodeJS.Signals>('SIGINT', readSignal),
  treekill: field(true, readBoolean),
  shutdown_with_message: field(false, readBoolean),
};
