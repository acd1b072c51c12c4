import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogFacts, LogInput } from '../../src/model/log.ts';
import { readLogs } from '../../src/probes/logs.ts';
import { fakeClock } from '../helpers/fake-clock.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const MIB = 1024 ** 2;

/** What a server prints that is started so often on a port that is taken. */
const loop = (times: number): string =>
  `${[
    'web boot',
    'Error: listen EADDRINUSE: address already in use 127.0.0.1:8000',
    '    at Server.setupListenHandle [as _listen2] (node:net:1908:16) {',
    "  code: 'EADDRINUSE',",
    '}',
    '',
    'Node.js v20.20.2',
  ].join('\n')}\n`.repeat(times);

const fileOf = (folder: string, name: string, content: string | Buffer): LogInput => {
  writeFileSync(join(folder, name), content);
  return { kind: 'file', path: join(folder, name), name };
};

const streamOf = (text: string): LogInput => ({
  kind: 'stream',
  name: 'standard input',
  chunks: (async function* () {
    yield Buffer.from(text);
  })(),
});

const readAll = async (inputs: readonly LogInput[], named = true): Promise<LogFacts> => {
  const reading = await readLogs({ inputs, named, clock: fakeClock() });
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

describe('logs', () => {
  it('say what restarts, how often and why, with the words of the catalogue', async () => {
    const { services, named, trees } = await readAll([fileOf(makeTempDir(), 'web.log', loop(6))]);
    expect(services).toMatchObject([
      {
        restartLoop: true,
        restarts: 5,
        files: ['web.log'],
        rootCause: { code: 'EADDRINUSE', detail: { port: '8000' } },
      },
    ]);
    expect(services[0]?.words?.remedy.join(' ')).toContain('8000');
    expect(services[0]?.evidence[0]).toEqual({
      file: 'web.log',
      line: expect.any(Number),
      text: 'Error: listen EADDRINUSE: address already in use 127.0.0.1:8000',
      role: 'cause',
    });
    expect({ named, trees }).toEqual({ named: true, trees: [] });
  });

  it('come from a stream as from a file', async () => {
    const { services, outcomes } = await readAll([streamOf(loop(6))]);
    expect(services).toMatchObject([{ restarts: 5, files: ['standard input'] }]);
    expect(outcomes).toMatchObject([{ name: 'standard input', state: 'read', detail: null }]);
  });

  it('that cannot be read are named, and the others are judged', async () => {
    const folder = makeTempDir();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const gone: LogInput = { kind: 'file', path: join(folder, 'gone.log'), name: 'gone.log' };
    const silent: LogInput = { kind: 'file', path: join(folder, 'pipe'), name: 'pipe' };
    const { services, outcomes } = await readAll([
      gone,
      { kind: 'file', path: folder, name: 'folder' },
      silent,
      fileOf(folder, 'broken.log.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5])),
      fileOf(folder, 'web.log', loop(6)),
    ]);
    const states = Object.fromEntries(outcomes.map(({ name, state, detail }) => [name, [state, detail]]));
    expect(states).toEqual({
      'gone.log': ['unreadable', 'there is no such file'],
      folder: ['unreadable', 'it is a folder, not a file'],
      pipe: ['cut', 'nobody writes to it'],
      'broken.log.gz': ['broken', expect.any(String)],
      'web.log': ['read', null],
    });
    expect(services.filter(({ restartLoop }) => restartLoop)).toMatchObject([{ restarts: 5 }]);
  });

  it('are read from their end where they are large, and whether lines were counted is told', async () => {
    const quiet = 'GET / 200 in 3 ms\n'.repeat(64);
    const content = quiet.repeat(Math.ceil((20 * MIB) / quiet.length)) + loop(6);
    const { services } = await readAll([fileOf(makeTempDir(), 'web.log', content)]);
    expect(services).toMatchObject([{ restartLoop: true, rootCause: { code: 'EADDRINUSE' } }]);
    expect(services[0]?.evidence.map(({ line }) => line)).toEqual(services[0]?.evidence.map(() => null));
  });

  it('are not read from the middle of a line', async () => {
    const window = 16 * MIB;
    const error = 'Error: listen EADDRINUSE: address already in use 127.0.0.1:8000\n';
    const quiet = 'GET / 200 in 3 ms\n'.repeat(MIB).slice(0, window - error.length - 1);
    const { services } = await readAll([fileOf(makeTempDir(), 'web.log', `web boot\nGET /?q=${error}${quiet}\n`)]);
    expect(services.filter(({ rootCause }) => rootCause.code !== 'NONE')).toEqual([]);
  });

  it('are read further back for as long as a loop is open where reading began', async () => {
    const times = Math.ceil((20 * MIB) / loop(1).length);
    const { services } = await readAll([fileOf(makeTempDir(), 'web.log', loop(times))]);
    expect(services).toMatchObject([{ restartLoop: true, restarts: times - 1 }]);
  });

  it('leave no descriptor open', async () => {
    const folder = makeTempDir();
    const count = (): number => readdirSync('/proc/self/fd').length;
    const inputs = [fileOf(folder, 'a.log', loop(3)), fileOf(folder, 'b.log', loop(3))];
    await readAll(inputs);
    const before = count();
    await readAll(inputs);
    await readAll([...inputs, { kind: 'file', path: join(folder, 'gone'), name: 'gone' }]);
    expect(count()).toBe(before);
  });
});
