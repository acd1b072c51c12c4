import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where history and logs are kept: `DEVDOCTOR_HOME`, else the system's usual place for state. */
export const stateDirectory = (environment: NodeJS.ProcessEnv): string => {
  const { DEVDOCTOR_HOME, XDG_STATE_HOME, LOCALAPPDATA } = environment;
  if (DEVDOCTOR_HOME !== undefined && DEVDOCTOR_HOME !== '') return DEVDOCTOR_HOME;
  if (LOCALAPPDATA !== undefined && LOCALAPPDATA !== '') return join(LOCALAPPDATA, 'devdoctor');
  if (XDG_STATE_HOME !== undefined && XDG_STATE_HOME !== '') return join(XDG_STATE_HOME, 'devdoctor');
  return join(homedir(), '.local', 'state', 'devdoctor');
};
