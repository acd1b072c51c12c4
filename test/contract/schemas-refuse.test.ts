import { describe, expect, test } from 'vitest';
import type { UndoResult } from '../../src/model/results.ts';
import { folderWith } from '../config/write-files.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { mutantsOf } from './support/mutants.ts';
import { runJson } from './support/run-json.ts';
import { validatorOf } from './support/schemas.ts';
import { endLater, startListener } from './support/situations.ts';

describe('a schema refuses what is not a result', () => {
  const fixedHome = async (): Promise<string> => {
    const home = makeTempDir();
    await runJson(['fix', '--port', String((await startListener()).port), '--yes'], 0, { home });
    return home;
  };

  const fixedHistory = async (): Promise<unknown> => runJson(['history'], 0, { home: await fixedHome() });

  const ended = (result: unknown): unknown => {
    const { pid } = result as UndoResult;
    if (pid !== null) endLater(pid);
    return result;
  };

  const results: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['check', async () => runJson(['check', '--port', String((await startListener()).port)], 1)],
    ['fix', async () => runJson(['fix', '--port', String((await startListener()).port), '--yes'], 0)],
    ['why', async () => runJson(['why', String((await startListener()).port)], 0)],
    ['ports', async () => startListener().then(() => runJson(['ports'], 0))],
    ['checks', () => runJson(['checks'], 0)],
    ['explain', () => runJson(['explain', 'port-occupied'], 0)],
    ['history', async () => fixedHistory()],
    [
      'init',
      () => runJson(['init', '--dry-run'], 0, { cwd: folderWith({ 'package.json': { scripts: { dev: 'vite' } } }) }),
    ],
    ['undo', async () => runJson(['undo'], 0, { home: await fixedHome() }).then(ended)],
  ];

  test.each(results)('%s: with a field removed, added or of another type', async (name, make) => {
    const mutants = mutantsOf(await make());
    expect(mutants.length).toBeGreaterThan(8);
    const validate = validatorOf(name);
    expect(mutants.filter(({ value }) => validate(value)).map(({ change }) => change)).toEqual([]);
  });

  test.each(results.map(([name]) => name))('%s: of another command, version or word', (name) => {
    const validate = validatorOf(name);
    for (const wrong of [{}, null, [], 'text', { schemaVersion: 2, command: name }])
      expect(validate(wrong)).toBe(false);
  });
});
