import type { Fix } from '../model/fix.ts';
import type { StopWithManagerRemedy } from '../model/remedy.ts';
import { commandLine } from '../util/command-line.ts';
import { sanitize } from '../util/sanitize.ts';

/** Containers get ten seconds from their engine before they are forced. */
const TIMEOUT_MS = 30_000;

/** The manager that this program is itself need not be in PATH. */
const vectorOf = ({ manager, run }: StopWithManagerRemedy): StopWithManagerRemedy['run'] => {
  const [, script] = process.argv;
  return manager === 'devdoctor' && script !== undefined ? [process.execPath, script, ...run.slice(1)] : run;
};

/** Asks the manager, and believes nothing but a second look at the port. */
export const stopWithManager: Fix<'stop-with-manager'> = async (remedy, _step, { control }) => {
  const command = commandLine(remedy.run);
  const { status, stderr, failure } = await control.run(vectorOf(remedy), TIMEOUT_MS);
  if (failure === 'not-found')
    return { status: 'failed', detail: `cannot run "${command}": ${remedy.run[0]} is not in PATH` };
  if (failure !== null) return { status: 'failed', detail: `cannot run "${command}": ${failure.replaceAll('-', ' ')}` };
  if (status === 0) return { status: 'done', detail: `${command}: stopped` };
  const said = sanitize(stderr.trim().split('\n').at(-1) ?? '', 200);
  return {
    status: 'failed',
    detail: `"${command}" exited with ${status ?? 'a signal'}${said === '' ? '' : `: ${said}`}`,
  };
};
