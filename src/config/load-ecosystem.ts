import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The names PM2 users give their file, in the order they are looked for. */
const FILE_NAMES = ['js', 'cjs', 'mjs', 'json', 'yaml', 'yml'].map((ending) => `ecosystem.config.${ending}`);

const TIME_LIMIT_MS = 5_000;

/** What the file holds, or why it could not be read. */
export type EcosystemReading =
  | { readonly ok: true; readonly file: string; readonly value: unknown }
  | { readonly ok: false; readonly file: string; readonly detail: string };

/** The file is a program: it may print, throw, loop or exit, so it runs in a process of its own and answers on a pipe of its own. */
const LOADER = `
  const { writeFileSync } = require('node:fs');
  const told = (make) => {
    try {
      return JSON.stringify({ value: make() });
    } catch (error) {
      return JSON.stringify({ error: String(error) });
    }
  };
  import(process.argv[1]).then(
    (module) => writeFileSync(3, told(() => module.default ?? module)),
    (error) => writeFileSync(3, JSON.stringify({ error: String(error) })),
  ).finally(() => process.exit(0));
`;

const runLoader = (file: string): Promise<EcosystemReading> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', LOADER, pathToFileURL(file).href], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    const fail = (detail: string): void => resolve({ ok: false, file, detail });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`it did not finish within ${TIME_LIMIT_MS / 1000} s`);
    }, TIME_LIMIT_MS);
    const chunks: Buffer[] = [];
    child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => fail(error.message));
    child.once('close', () => {
      clearTimeout(timer);
      const answer = Buffer.concat(chunks).toString('utf8');
      if (answer === '') return fail('it ended the process that loaded it');
      if (!answer.endsWith('}')) return fail('its answer was cut short');
      const { value, error } = JSON.parse(answer) as { value?: unknown; error?: string };
      return error === undefined ? resolve({ ok: true, file, value }) : fail(error);
    });
  });

const parseData = async (file: string): Promise<EcosystemReading> => {
  try {
    const text = readFileSync(file, 'utf8');
    const value: unknown = file.endsWith('.json') ? JSON.parse(text) : (await import('yaml')).parse(text);
    return { ok: true, file, value };
  } catch (error) {
    return { ok: false, file, detail: String(error) };
  }
};

/** Reads the ecosystem file of a folder; `null` where there is none. */
export const loadEcosystem = async (folder: string): Promise<EcosystemReading | null> => {
  const file = FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) return null;
  return /\.[cm]?js$/.test(file) ? runLoader(file) : parseData(file);
};
