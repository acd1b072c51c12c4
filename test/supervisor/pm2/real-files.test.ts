import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEcosystemFile } from '../../../src/config/load-ecosystem.ts';
import type { ServiceSpec } from '../../../src/model/service.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { ROOT } from '../../helpers/paths.ts';
import { aWorkshop } from './a-workshop.ts';
import { FILES } from './real-files.ts';

const FOLDER = join(ROOT, 'fixtures/ecosystem');

describe('a file as PM2 users have it', { timeout: 60_000 }, () => {
  it.each(Object.entries(FILES))('%s starts as it would there', async (name, { files, request, services, notices }) => {
    const shop = aWorkshop({ ...files, [name]: readFileSync(join(FOLDER, name), 'utf8') });
    const file = join(shop.folder, name);
    const reading = await loadEcosystemFile(file);
    if (!reading.ok) throw new Error(reading.detail);
    const made = servicesOf(reading.value, shop.request({ file, ...request }));
    const specs = JSON.parse(
      JSON.stringify(made.specs)
        .replaceAll(shop.folder, 'PROJECT')
        .replaceAll(shop.bin, 'BIN')
        .replaceAll(shop.node, 'NODE')
        .replaceAll(shop.logs, 'LOGS')
        .replaceAll(shop.home, 'HOME'),
    ) as readonly ServiceSpec[];
    expect(specs.map(({ command }) => command.join(' '))).toEqual(services.map(([command]) => command));
    expect(specs).toMatchObject(services.map(([, more]) => more));
    expect(made.notices).toEqual(notices ?? []);
  });

  it('is tested, whichever lies in the fixtures', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(FILES).toSorted());
  });
});
