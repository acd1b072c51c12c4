import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { readHistory } from '../../src/doctor/history.ts';
import { aProcess } from '../helpers/a-process.ts';
import { ROOT } from '../helpers/paths.ts';
import { endingStep } from '../plan/a-step.ts';

const ENTRIES = 150;

// Longer than a page, so that a line written in pieces would be torn.
const STEP = endingStep([aProcess()], { title: 'x'.repeat(6_000) });

const WRITER = `
  const { recordEnded } = await import(process.argv[1]);
  for (let at = 0; at < ${ENTRIES}; at += 1) recordEnded(process.argv[2], ${JSON.stringify(STEP)}, at);
`;

it('two commands that write at once tear nothing of each other’s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'devdoctor-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = join(folder, 'history.mjs');
  const entry = join(ROOT, 'src/doctor/history.ts');
  buildSync({ entryPoints: [entry], outfile: bundle, bundle: true, platform: 'node', format: 'esm' });
  const state = join(folder, 'state');
  const writers = [1, 2].map(() =>
    spawn(process.execPath, ['--input-type=module', '-e', WRITER, bundle, state], { stdio: 'inherit' }),
  );
  expect(await Promise.all(writers.map((writer) => once(writer, 'exit')))).toEqual([
    [0, null],
    [0, null],
  ]);
  const { entries, unreadableLines } = readHistory(state);
  expect({ entries: entries.length, unreadableLines }).toEqual({ entries: 2 * ENTRIES, unreadableLines: 0 });
  expect(new Set(entries.map(({ title }) => title.length))).toEqual(new Set([6_000]));
});
