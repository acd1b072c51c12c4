import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processesIn } from '../../helpers/processes.ts';
import { fixtureApp, supervised } from '../../helpers/supervisor.ts';

const APPS = `module.exports = { apps: [{ name: 'new', script: '/bin/sleep', args: '600', interpreter: 'none' }] };\n`;

const HOSTILE = [
  {
    what: 'throws',
    text: `${APPS}\nthrow new Error('no database here');\n`,
    told: /no database here.*throws\.config\.js:3/,
  },
  { what: 'hangs', text: `${APPS}\nfor (;;) {}\n`, told: /hangs\.config\.js.* 5 s/ },
  { what: 'exits', text: `${APPS}\nprocess.exit(0);\n`, told: /exits\.config\.js.*ended the process that loaded it/ },
  {
    what: 'is torn',
    text: 'module.exports = {\n  apps: [\n',
    told: /is-torn\.config\.js.*SyntaxError.*is-torn\.config\.js:\d/,
  },
];

describe('a configuration that does harm', () => {
  test('is refused by name and line, and touches no service', async () => {
    const it = supervised();
    expect(await it.start([fixtureApp('calm', 'service-http.mjs')])).toMatchObject({ code: 0 });
    const daemon = await it.answering();
    const { pid } = await it.row('calm');
    const runs = await Promise.all(
      HOSTILE.map(async ({ what, text, told }) => {
        const file = join(it.folder, `${what.replace(' ', '-')}.config.js`);
        writeFileSync(file, text);
        return { what, told, run: await it.run(['start', file]) };
      }),
    );
    for (const { what, told, run } of runs) {
      expect(run.code, what).toBe(2);
      expect(run.stderr.replaceAll(/\s+/g, ' '), what).toMatch(told);
      expect(run.stdout, what).toBe('');
    }
    expect(processesIn(it.folder).filter(({ argv }) => argv.includes('.config.js'))).toEqual([]);
    expect(await it.answering()).toBe(daemon);
    expect((await it.list()).services).toHaveLength(1);
    expect(await it.row('calm')).toMatchObject({ pid, status: 'online', restarts: 0 });
  });

  test('that only prints is read, and what it prints is no result', async () => {
    const it = supervised();
    const file = join(it.folder, 'prints.config.js');
    writeFileSync(file, `console.log('{"services":"mine"}'); process.stdout.write('x'.repeat(1e5));\n${APPS}`);
    const run = await it.run(['start', file, '--json']);
    expect(run).toMatchObject({ code: 0 });
    expect(run.json()).toMatchObject({ command: 'start', outcomes: [{ name: 'new', outcome: 'done' }] });
    expect(await it.row('new')).toMatchObject({ status: 'online' });
  });
});
