import type { Cause } from '../cause.ts';
import { missingVariable } from './environment.ts';
import { uncaughtException, unhandledRejection } from './exceptions.ts';
import { diskFull, tooManyFiles, watchersExhausted } from './files.ts';
import { heapExhausted, killedForMemory, supervisorMemoryLimit } from './memory.ts';
import { moduleFormat, moduleNotFound } from './modules.ts';
import { nameNotResolved } from './names.ts';
import { connectionRefused } from './network.ts';
import { portInUse, portNotPermitted } from './ports.ts';
import { silentExit, watchSelfTrigger } from './restarts.ts';
import { aborted, killedBySignal, segmentationFault } from './signals.ts';
import { syntaxError, typeError } from './syntax.ts';
import { watchdogTimeout } from './watchdog.ts';

/** All root causes there is a name for, by code. */
export const catalogue: readonly Cause[] = [
  portNotPermitted,
  portInUse,
  connectionRefused,
  nameNotResolved,
  tooManyFiles,
  diskFull,
  watchersExhausted,
  moduleFormat,
  heapExhausted,
  missingVariable,
  moduleNotFound,
  killedForMemory,
  supervisorMemoryLimit,
  aborted,
  killedBySignal,
  segmentationFault,
  silentExit,
  syntaxError,
  typeError,
  uncaughtException,
  unhandledRejection,
  watchdogTimeout,
  watchSelfTrigger,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));
