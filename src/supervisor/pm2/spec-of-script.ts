import { DevdoctorError } from '../../model/error.ts';
import type { Fields } from './fields/field.ts';
import { servicesOfApps } from './services-of.ts';
import type { SpecRequest, SpecsReading } from './spec-request.ts';

/**
 * Makes a service of a script on the command line and its arguments, with what flags say by PM2's keys. It goes through
 * the same table as an app of a file.
 */
export const specOfScript = (words: readonly string[], fields: Fields, request: SpecRequest): SpecsReading => {
  const [script, ...args] = words;
  if (script === undefined)
    throw new DevdoctorError('usage', 'there is nothing to start', 'devdoctor start <file, script or command>');
  const overrides = { ...request.overrides, ...fields, script, ...(args.length > 0 ? { args } : {}) };
  return servicesOfApps([{ where: null, fields: {} }], [], { ...request, file: null, overrides });
};
