import { diagnoseLogs } from '../../../src/logs/diagnose-logs.ts';
import type { LogDiagnosis, LogOptions, LogSource } from '../../../src/logs/types.ts';

/** Bytes in pieces of one size, as a slow source gives them. */
export const inPieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

export const textSource = (name: string, text: string | Uint8Array, size = 65_536): LogSource => ({
  name,
  modifiedAt: null,
  chunks: inPieces(typeof text === 'string' ? Buffer.from(text) : text, size),
});

/** Diagnoses logs given as texts by file name. */
export const diagnoseTexts = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<LogOptions> = {},
): Promise<readonly LogDiagnosis[]> => {
  const sources = Object.entries(files).map(([name, text]) => textSource(name, text));
  return (await diagnoseLogs(sources, { now: null, ...options })).diagnoses;
};

/** The worst diagnosis of one log; fails when there is none. */
export const diagnoseText = async (text: string | Uint8Array, name = 'app.log'): Promise<LogDiagnosis> => {
  const [worst] = await diagnoseTexts({ [name]: text });
  if (worst === undefined) throw new Error(`No diagnosis of ${name}.`);
  return worst;
};

/** The raw text of an uncaught error of Node, as one life prints it. */
export const crash = (headline: string, file = '/srv/app/server.js'): string =>
  `${file}:4\n  boom();\n  ^\n\n${headline}\n    at Object.<anonymous> (${file}:4:3)\n    at Module._compile (node:internal/modules/cjs/loader:1521:14)\n\nNode.js v22.23.3\n`;
