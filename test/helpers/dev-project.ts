import { cpSync, mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { fixture } from './paths.ts';
import { endProcessesIn, processesIn, type LivingProcess } from './processes.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { waitFor } from './wait-for.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** A project whose server was started by hand in a terminal. */
export interface DevProject {
  readonly folder: string;
  readonly port: number;
  readonly terminal: Terminal;
  /** The server's process. */
  readonly server: number;
}

/** The pid that answers on a port; `null` when nobody does. */
export const askServer = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve((JSON.parse(text) as { pid: number }).pid));
      response.on('error', () => resolve(null));
    });
    request.on('error', () => resolve(null));
  });

/** Copies the sample project, opens a terminal in it, and types the line that starts its server on a free port. */
export const startDevProject = async (line: (port: number) => string): Promise<DevProject> => {
  const folder = join(makeTempDir(), 'shop');
  mkdirSync(folder);
  cpSync(fixture('npm-project'), folder, { recursive: true });
  onTestFinished(() => endProcessesIn(folder));
  const port = await freePort();
  const terminal = openTerminal(folder, { PORT: String(port) });
  terminal.type(line(port));
  const server = await waitFor(`the server of ${folder}`, () => askServer(port));
  return { folder, port, terminal, server };
};

/** Is this the terminal of a project, or the shell in it? */
export const isTerminal = ({ argv }: LivingProcess): boolean => /^(script |(sh -c )?sh -i$)/.test(argv);

/** Closes the terminal of a project and waits until its shell has gone. */
export const closeTerminal = async ({ folder, terminal }: DevProject): Promise<void> => {
  await terminal.close();
  await waitFor('the shell of the closed terminal to end', () => !processesIn(folder).some(isTerminal));
};
