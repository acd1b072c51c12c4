import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { below, ecosystem, find, write } from './log-places.ts';

describe('logs of PM2', () => {
  const NAMES = ['logs/web-out.log', 'logs/web-error.log', 'logs/web-error-0.log', 'logs/website-out.log'];
  const OTHERS = ['logs/other-out.log', 'pm2.log', 'pm2.log.1', 'agent.log'];
  const OWN = ['logs/web-error-0.log', 'logs/web-error.log', 'logs/web-out.log', 'pm2.log', 'pm2.log.1'];

  it('are those of this project’s apps, below the home', () => {
    const [project, home] = [makeTempDir(), makeTempDir()];
    write(home, ...[...NAMES, ...OTHERS].map((name) => `.pm2/${name}`));
    const files = ecosystem(project, { apps: [{ name: 'web' }] });
    expect(below(project, { files, home })).toEqual(OWN.map((name) => join(home, '.pm2', name)));
  });

  it('lie below PM2_HOME instead where it is set', () => {
    const [project, home, pm2Home] = [makeTempDir(), makeTempDir(), makeTempDir()];
    write(home, '.pm2/logs/web-out.log');
    write(pm2Home, ...NAMES, ...OTHERS);
    const files = ecosystem(project, { apps: [{ name: 'web' }] });
    expect(below(project, { files, home, pm2Home })).toEqual(OWN.map((name) => join(pm2Home, name)));
  });

  it('have dashes where the name of the app has spaces', () => {
    const [project, pm2Home] = [makeTempDir(), makeTempDir()];
    write(pm2Home, 'logs/my-web-app-out.log');
    const files = ecosystem(project, { apps: [{ name: 'my web app' }] });
    expect(below(project, { files, pm2Home })).toEqual([join(pm2Home, 'logs/my-web-app-out.log')]);
  });

  it('are those of the project or of its folder as well, which PM2 takes for a name', () => {
    const [folder, pm2Home] = [makeTempDir(), makeTempDir()];
    const project = join(folder, 'web');
    mkdirSync(project);
    write(pm2Home, ...NAMES, 'logs/shop-out.log');
    const manifest = { ok: true, name: 'package.json', value: { name: 'shop' } } as const;
    const byFolder = NAMES.slice(0, 3)
      .map((name) => join(pm2Home, name))
      .toSorted();
    expect(below(project, { pm2Home })).toEqual(byFolder);
    const files = { folder: project, manifest, ecosystem: null };
    expect(below(project, { pm2Home, files })).toEqual([join(pm2Home, 'logs/shop-out.log'), ...byFolder]);
  });

  it('are of nobody outside a project, and where nothing bears its name', () => {
    const [project, pm2Home] = [makeTempDir(), makeTempDir()];
    write(pm2Home, ...NAMES, 'logs/other-out.log');
    expect(find(null, { pm2Home })).toEqual([]);
    expect(below(project, { pm2Home })).toEqual([]);
    expect(
      below(project, { pm2Home, files: ecosystem(project, { apps: [{ script: 'a.js' }, { name: '' }] }) }),
    ).toEqual([]);
  });
});
