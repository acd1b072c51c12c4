import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { logParts, wholeLog } from '../../helpers/numbered-lines.ts';
import { bytesOf } from '../../helpers/processor-time.ts';
import { fixture } from '../../helpers/paths.ts';
import { runProgram } from '../../helpers/run-cli.ts';
import { fixtureApp, isAlive, supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const MEGABYTE = 1_048_576;
const MEGABYTES = 200;
const MOST_GROWTH = 20 * MEGABYTE;

const hasControl = (text: string): boolean => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text);

describe('a service that closes its output', () => {
  test.each([{}, { log_date_format: 'HH:mm' }])('is kept up like any other: %o', async (logs) => {
    const it = supervised();
    expect(await it.start([fixtureApp('mute', 'service-closed-output.mjs', logs)])).toMatchObject({ code: 0 });
    const { pid } = await it.row('mute');
    const { stdout } = await it.run(['logs', 'mute', '--nostream', '--raw']);
    expect(stdout).toContain('before');
    process.kill(pid ?? 0, 'SIGKILL');
    const again = await waitFor('its restart', async () => {
      const row = await it.row('mute');
      return row.status === 'online' && row.pid !== pid && row;
    });
    expect(again).toMatchObject({ restarts: 1, lastExit: { signal: 'SIGKILL' } });
    expect(await it.run(['stop', 'mute'])).toMatchObject({ code: 0 });
    expect(isAlive(again.pid ?? 0)).toBe(false);
  });
});

describe('one line without end', () => {
  test('costs the supervisor no memory, and is cut short where it is shown', async () => {
    const it = supervised();
    const logs = join(it.folder, 'logs');
    const app = (name: string, more: object): ReturnType<typeof fixtureApp> =>
      fixtureApp(name, 'service-long-line.mjs', {
        env: { MEGABYTES },
        out_file: join(logs, `${name}.log`),
        log_rotate: { compress: false },
        ...more,
      });
    await it.start([fixtureApp('other', 'service-http.mjs')]);
    const daemon = await it.answering();
    const before = bytesOf(daemon, 'VmRSS');
    const apps = [app('plain', {}), app('dated', { log_date_format: '[at]' })];
    await it.start([fixtureApp('other', 'service-http.mjs'), ...apps]);
    // It may have been rotated in that instant.
    const isDone = (log: string): boolean =>
      logParts(log).some((part) => readFileSync(part).subarray(-20).toString().endsWith('done\n'));
    await waitFor('both lines', () => ['plain', 'dated'].every((name) => isDone(join(logs, `${name}.log`))));
    expect(bytesOf(daemon, 'VmHWM') - before).toBeLessThan(MOST_GROWTH);
    for (const name of ['plain', 'dated']) {
      const shown = await it.run(['logs', name, '--nostream', '--lines', '5']);
      expect(shown).toMatchObject({ code: 0 });
      expect(shown.stdout).toContain('done');
      expect(shown.stdout.length).toBeLessThan(MEGABYTE);
    }
    expect(await it.answering()).toBe(daemon);
  });
});

describe('bytes that are no text', () => {
  test('stay as they are in the log, and harm nobody who reads it', async () => {
    const it = supervised();
    const out = join(it.folder, 'odd-out.log');
    const error = join(it.folder, 'odd-error.log');
    const written = (
      await runProgram('sh', ['-c', `"$NODE" "$PROGRAM" & p=$!; sleep 0.5; kill $p`], {
        env: { NODE: process.execPath, PROGRAM: fixture('service-odd-bytes.mjs') },
      })
    ).bytes;
    expect(written.length).toBeGreaterThan(1_000);
    const odd = { out_file: out, error_file: error };
    const json = { out_file: join(it.folder, 'json.log'), log_type: 'json' };
    await it.start([
      fixtureApp('odd', 'service-odd-bytes.mjs', odd),
      fixtureApp('json', 'service-odd-bytes.mjs', json),
    ]);
    await waitFor('the bytes', () => statSync(error).size === written.length);
    expect(readFileSync(out).equals(written)).toBe(true);
    expect(readFileSync(error).equals(written)).toBe(true);

    const asJson = await it.run(['logs', 'odd', '--nostream', '--json', '--lines', '1000']);
    const lines = asJson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly message: unknown });
    const lineFeeds = written.filter((byte) => byte === 0x0a).length;
    expect(lines).toHaveLength(lineFeeds * 2);
    const shown = await it.run(['logs', 'odd', '--nostream', '--lines', '1000']);
    expect(hasControl(shown.stdout)).toBe(false);
    expect(shown.stdout).toContain('สวัสดี');

    const stored = wholeLog(json.out_file).trimEnd().split('\n');
    expect(stored.map((line) => JSON.parse(line) as unknown)).toHaveLength(lineFeeds);
  });
});
