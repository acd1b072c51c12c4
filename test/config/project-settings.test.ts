import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPorts } from '../../src/config/project-ports.ts';
import { projectSettings } from '../../src/config/project-settings.ts';
import { folderWith } from './write-files.ts';

describe('the settings of a project', () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>, string | null, string]>([
    ['package.json', { 'package.json': { devdoctor: { ports: [4000] } } }, 'package.json', 'devdoctor'],
    [
      'a list of apps',
      { 'ecosystem.config.json': { apps: [], doctor: { ports: [4000] } } },
      'ecosystem.config.json',
      'doctor',
    ],
    ['YAML', { 'ecosystem.config.yaml': 'apps: []\ndoctor:\n  ports: [4000]\n' }, 'ecosystem.config.yaml', 'doctor'],
    [
      'a program',
      { 'ecosystem.config.cjs': 'module.exports = { doctor: { ports: [4000] } };' },
      'ecosystem.config.cjs',
      'doctor',
    ],
  ])('are read from %s', async (_, files, file, key) => {
    const folder = folderWith(files);
    const { settings, place } = await projectSettings(folder);
    expect(settings.ports).toEqual([4000]);
    expect(place).toEqual({ file: join(folder, file ?? ''), key });
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['no file', {}],
    ['files without settings', { 'package.json': {}, 'ecosystem.config.json': { apps: [] } }],
    ['a broken manifest', { 'package.json': '{' }],
    ['a manifest that is no object', { 'package.json': 'null' }],
    ['a broken ecosystem file', { 'ecosystem.config.cjs': 'throw new Error("no")' }],
  ])('are the defaults with %s', async (_, files) => {
    const { settings, place } = await projectSettings(folderWith(files));
    expect(settings.ports).toEqual([]);
    expect(place).toBeNull();
  });

  it('are the defaults outside a project', async () => {
    expect((await projectSettings(null)).place).toBeNull();
  });

  it('name log files from the folder they stand in', async () => {
    const folder = folderWith({ 'package.json': { devdoctor: { logFiles: ['logs/a.log', '/var/b.log'] } } });
    expect((await projectSettings(folder)).settings.logFiles).toEqual([join(folder, 'logs/a.log'), '/var/b.log']);
  });

  it('in two places are an error that names both', async () => {
    const folder = folderWith({ 'package.json': { devdoctor: {} }, 'ecosystem.config.json': { doctor: {} } });
    await expect(projectSettings(folder)).rejects.toMatchObject({
      code: 'configuration',
      message: `${join(folder, 'package.json')} has settings under "devdoctor", and ${join(folder, 'ecosystem.config.json')} has some under "doctor"`,
    });
  });

  it.each([
    [{ 'package.json': { devdoctor: null } }, /package\.json: devdoctor must be an object of settings/],
    [
      { 'ecosystem.config.json': { doctor: { prots: [] } } },
      /ecosystem\.config\.json: doctor\.prots .* doctor\.ports\?/,
    ],
  ])('that are wrong are an error that names the file', async (files, said) => {
    await expect(projectSettings(folderWith(files))).rejects.toThrow(said);
  });
});

describe('the ports of the settings', () => {
  it('come first, each port once', async () => {
    const manifest = { devdoctor: { ports: [4002, 4001] }, scripts: { dev: 'vite --port 4001' } };
    const { ports } = await projectPorts(folderWith({ 'package.json': manifest, '.env': 'PORT=4003\n' }));
    expect(ports).toEqual([
      { port: 4002, source: 'package.json devdoctor.ports' },
      { port: 4001, source: 'package.json devdoctor.ports' },
      { port: 4003, source: '.env PORT' },
    ]);
  });

  it('take the place of the usual two', async () => {
    const { ports } = await projectPorts(folderWith({ 'ecosystem.config.json': { doctor: { ports: [4000] } } }));
    expect(ports).toEqual([{ port: 4000, source: 'ecosystem.config.json doctor.ports' }]);
  });

  it('that are wrong are no ports at all', async () => {
    await expect(projectPorts(folderWith({ 'package.json': { devdoctor: { ports: [0] } } }))).rejects.toThrow(
      'devdoctor.ports[0]',
    );
  });
});
