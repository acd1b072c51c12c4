import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPorts } from '../../src/config/project-ports.ts';
import { folderWith } from './write-files.ts';

const DEFAULTS = [
  { port: 3000, source: 'default' },
  { port: 5000, source: 'default' },
];

const portsOf = async (files: Readonly<Record<string, unknown>>): Promise<readonly number[]> =>
  (await projectPorts(folderWith(files))).ports.map(({ port }) => port);

const scripts = (dev: string) => ({ 'package.json': { scripts: { dev } } });

describe('a project that names no port', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['an empty folder', {}],
    ['scripts that start no server', { 'package.json': { scripts: { test: 'vitest', build: 'tsc' } } }],
    ['a manifest without scripts', { 'package.json': {} }],
    ['a manifest that is a list', { 'package.json': [] }],
    ['an ecosystem file without ports', { 'ecosystem.config.json': { apps: [{ name: 'web' }] } }],
    ['a PORT that is none', { '.env': 'PORT=/run/app.sock\n' }],
  ])('has the usual two: %s', async (_, files) => {
    expect(await projectPorts(folderWith(files))).toEqual({ ports: DEFAULTS, notes: [] });
  });

  it('has the usual two outside a project', async () => {
    expect(await projectPorts(null)).toEqual({ ports: DEFAULTS, notes: [] });
  });
});

describe('the environment files', () => {
  const FILES = ['.env', '.env.development', '.env.local', '.env.development.local'];

  it.each(FILES.map((file, index) => [file, index] as const))('%s wins over those before it', async (file, index) => {
    const files = Object.fromEntries(FILES.slice(0, index + 1).map((name, at) => [name, `PORT=${4001 + at}\n`]));
    const { ports } = await projectPorts(folderWith(files));
    expect(ports).toEqual([{ port: 4001 + index, source: `${file} PORT` }]);
  });

  it('a later file without a port takes none away', async () => {
    expect(await portsOf({ '.env': 'PORT=4001\n', '.env.local': 'DEBUG=1\nPORT=\n' })).toEqual([4001]);
  });

  it.each(['PORT=4001', 'PORT="4001"', "PORT='4001' # web", 'A=1\r\nPORT=4001\r\n', '# PORT=1\nPORT = 4001'])(
    'are read as Node reads them: %j',
    async (text) => {
      expect(await portsOf({ '.env': text })).toEqual([4001]);
    },
  );

  it('may be a folder, which is passed over', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, '.env'));
    expect((await projectPorts(folder)).ports).toEqual(DEFAULTS);
  });
});

describe('the configuration of Vite', () => {
  it.each(['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'])('is read from vite.config.%s', async (ending) => {
    const text = 'export default defineConfig({ plugins: [], server: { host: true, port: 5199 } })';
    expect(await portsOf({ ...scripts('vite'), [`vite.config.${ending}`]: text })).toEqual([5199]);
  });

  it.each([
    ['on several lines', 'export default {\n  server: {\n    strictPort: true,\n    port: 5199,\n  },\n};', [5199]],
    ['not at all', 'export default { server: {} };', [5173]],
    ['for another server', 'export default { preview: { port: 4199 } };', [5173]],
    ['by a name', 'const port = 5199; export default { server: { port } };', [5173]],
    ['behind a nested object', 'export default { server: { proxy: { "/api": "x" }, port: 5199 } };', [5199]],
    ['behind the port of its hot reload', 'export default { server: { hmr: { port: 24678 }, port: 5199 } };', [5199]],
  ])('names its port %s', async (_, text, ports) => {
    expect(await portsOf({ ...scripts('vite'), 'vite.config.ts': text })).toEqual(ports);
  });

  it('is not asked by scripts of other tools', async () => {
    const text = 'export default { server: { port: 5199 } };';
    expect(await portsOf({ ...scripts('next dev'), 'vite.config.ts': text })).toEqual([3000]);
  });
});

describe('several sources', () => {
  const files = {
    'ecosystem.config.json': { apps: [{ name: 'web', env: { PORT: 4001 } }] },
    '.env': 'PORT=4002\n',
    ...scripts('node server.js --port 4003'),
  };

  it('are told in order: the ecosystem file, the environment, the scripts', async () => {
    const { ports } = await projectPorts(folderWith(files));
    expect(ports).toEqual([
      { port: 4001, source: 'ecosystem.config.json app "web"' },
      { port: 4002, source: '.env PORT' },
      { port: 4003, source: 'package.json script "dev"' },
    ]);
  });

  it('of one port give it once, with the first of them', async () => {
    const { ports } = await projectPorts(folderWith({ '.env': 'PORT=4000\n', ...scripts('vite --port 4000') }));
    expect(ports).toEqual([{ port: 4000, source: '.env PORT' }]);
  });

  it('of one port leave it in the place of the first of them', async () => {
    const manifest = { scripts: { dev: 'vite --port 4000', api: 'node api.js --port 4001', web: 'serve -p 4000' } };
    expect(await portsOf({ 'package.json': manifest })).toEqual([4000, 4001]);
  });
});

describe('a manifest that cannot be read', () => {
  it('is told, and the other sources are still looked at', async () => {
    const { ports, notes } = await projectPorts(folderWith({ 'package.json': '{ "scripts": ', '.env': 'PORT=4001' }));
    expect(ports).toEqual([{ port: 4001, source: '.env PORT' }]);
    expect(notes).toEqual([
      expect.stringMatching(/^package\.json could not be read, so its scripts are not looked at: /),
    ]);
  });
});
