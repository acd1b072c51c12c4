import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planHooks } from '../../src/config/plan-hooks.ts';
import { folderWith } from './write-files.ts';

const plan = (files: Readonly<Record<string, unknown>>) => planHooks(folderWith({ '.git/HEAD': '', ...files }));

const scripts = { dev: 'vite', start: 'node server.js' };
const manifest = { scripts, devDependencies: { devdoctor: '1.0.0' } };

describe('the plan for the hooks of a project', () => {
  it('frees for each script the ports it uses', async () => {
    const { hooks } = await plan({ 'package.json': manifest, '.env': 'PORT=4000\n' });
    expect(hooks.map(({ command }) => command)).toEqual([
      'devdoctor fix --port 4000 --port 5173 --yes',
      'devdoctor fix --port 4000 --yes',
    ]);
  });

  it('frees the ports of the settings first', async () => {
    const { hooks } = await plan({ 'package.json': { ...manifest, devdoctor: { ports: [4100] } } });
    expect(hooks[1]?.command).toBe('devdoctor fix --port 4100 --yes');
  });

  it('frees 3000 where the project names none', async () => {
    const { hooks } = await plan({ 'package.json': { ...manifest, scripts: { start: 'node server.js' } } });
    expect(hooks.map(({ command }) => command)).toEqual(['devdoctor fix --port 3000 --yes']);
  });

  it('is for the nearest manifest above', async () => {
    const root = folderWith({ 'package.json': manifest, 'src/x/y.js': '' });
    expect((await planHooks(join(root, 'src/x'))).file).toBe(join(root, 'package.json'));
  });

  it('goes into the script itself where no other is run before it, and says why', async () => {
    const { hooks, notes } = await plan({ 'package.json': manifest, '.yarnrc.yml': '' });
    expect(hooks[0]).toMatchObject({ hook: 'dev', command: 'devdoctor fix --port 5173 --own --yes && vite' });
    expect(notes).toEqual([expect.stringMatching(/^Yarn 2 and later never runs "pre" scripts/)]);
  });

  it.each([
    [{}, /npm install --save-dev devdoctor$/],
    [{ 'pnpm-workspace.yaml': '' }, /pnpm add --save-dev devdoctor$/],
    [{ 'yarn.lock': '' }, /yarn add --dev devdoctor$/],
    [{ 'bun.lock': '' }, /bun add --dev devdoctor$/],
  ])('says how to install what the hook needs: %j', async (files, said) => {
    expect((await plan({ 'package.json': { scripts }, ...files })).notes).toEqual([expect.stringMatching(said)]);
  });

  it('says nothing where all is well', async () => {
    expect((await plan({ 'package.json': manifest })).notes).toEqual([]);
  });

  it('is refused where the settings are wrong', async () => {
    await expect(plan({ 'package.json': { ...manifest, devdoctor: { prots: [] } } })).rejects.toMatchObject({
      code: 'configuration',
    });
  });
});
