import type { ServiceSpec } from '../../../src/model/service.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop, type Workshop } from './a-workshop.ts';
import { saidBy } from './refusal.ts';

/** The first line of a script of Node. */
export const NODE_SCRIPT = '#!/usr/bin/env node\n';

/** Files of every kind. */
export const FILES = {
  'app.js': '',
  'app.cjs': '',
  'app.mjs': '',
  'app.ts': '',
  'view.tsx': '',
  'app.py': '',
  'app.sh': '',
  'app.rb': '',
  'app.php': '',
  'notes.txt': '',
  'tool.bin*': '\u007fELF',
  server: 'require("http")',
  'bin/cli*': NODE_SCRIPT,
  'bin/flagged*': '#!/usr/bin/env -S node --no-warnings\n',
  'bin/plain-python': '#!/usr/bin/env python3\n',
  'bin/py*': '#!/usr/bin/env python3\n',
  'run*': '#!/bin/sh\n',
  'my app/my server.js': '',
  'โปรแกรม/เซิร์ฟเวอร์.js': '',
  'pkg/package.json': { main: 'lib/start' },
  'pkg/lib/start.js': '',
  'empty/readme.md': '',
  'site/index.js': '',
  'venv/bin/python*': '',
  'my venv/bin/python*': '',
  'node_modules/.bin/next*': NODE_SCRIPT,
};

/** The only service of one app. */
export const specIn = (shop: Workshop, app: object): ServiceSpec => {
  const [spec] = servicesOf([{ name: 'x', ...app }], shop.request()).specs;
  if (spec === undefined) throw new Error('there is no spec');
  return spec;
};

/** The command of an app, with the folders of the workshop named. */
export const commandOf = (app: object, shop: Workshop = aWorkshop(FILES)): readonly string[] =>
  specIn(shop, app).command.map((word) =>
    word
      .replaceAll(shop.folder, 'PROJECT')
      .replaceAll(shop.bin, 'BIN')
      .replaceAll(shop.node, 'NODE')
      .replaceAll(shop.home, 'HOME'),
  );

/** What is said of an app that cannot run. */
export const said = (app: object, shop: Workshop = aWorkshop(FILES)): string =>
  saidBy(() => specIn(shop, app))
    .replaceAll(shop.folder, 'PROJECT')
    .replace(/^ecosystem\.config\.js: app "x": /, '');
