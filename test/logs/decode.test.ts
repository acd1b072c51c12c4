import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/logs/decode/clean-text.ts';
import { decodeSource, type DecodeResult } from '../../src/logs/decode/decode-source.ts';
import { detectEncoding } from '../../src/logs/decode/encoding.ts';
import { groupStreams } from '../../src/logs/decode/rotated.ts';
import { inPieces } from './support/diagnose-text.ts';

const TEXT = 'one\ntwo ไทย\n'.repeat(200);
const LIMIT = 1_000_000;

const decode = async (bytes: Uint8Array, size: number, limit = LIMIT): Promise<DecodeResult & { text: string }> => {
  const parts: Uint8Array[] = [];
  const result = await decodeSource(inPieces(bytes, size), limit, (chunk) => parts.push(Buffer.from(chunk)));
  return { ...result, text: Buffer.concat(parts).toString('utf8') };
};

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

describe('decodeSource', () => {
  describe.each([1, 7, 1000, 65_536])('in pieces of %d bytes', (size) => {
    it.each([
      ['plain text', Buffer.from(TEXT)],
      ['gzip', gzipSync(TEXT)],
      ['gzip in two members', Buffer.concat([gzipSync(TEXT.slice(0, 500)), gzipSync(TEXT.slice(500))])],
      ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(TEXT)])],
      ['UTF-16LE without a mark', utf16(TEXT)],
      ['UTF-16BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(TEXT).swap16()])],
      ['gzip around UTF-16LE', gzipSync(utf16(TEXT))],
    ])('reads %s', async (_, bytes) => {
      expect(await decode(bytes, size)).toMatchObject({ state: 'read', text: TEXT });
    });
  });

  it('keeps what came before a gzip broke, and says so', async () => {
    const noise = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
    const whole = gzipSync(noise);
    const result = await decode(whole.subarray(0, whole.length - 100), 4096);
    expect(result.state).toBe('broken');
    expect(result.detail).toContain('unexpected end');
    expect(result.bytes).toBeGreaterThan(0);
  });

  it('tells an error of the source and throws none', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(4096, 0x61);
      throw new Error('EIO: i/o error, read');
    };
    const result = await decodeSource(failing(), LIMIT, () => {});
    expect(result).toMatchObject({ state: 'broken', bytes: 4096 });
    expect(result.detail).toContain('EIO');
  });

  it('stops at its limit, also where the source never ends', async () => {
    const zeros = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536);
    };
    expect(await decodeSource(zeros(), LIMIT, () => {})).toMatchObject({ state: 'cut', bytes: LIMIT });
  });

  it('reads an empty source', async () => {
    expect(await decode(Buffer.alloc(0), 1)).toMatchObject({ state: 'read', text: '', bytes: 0 });
  });
});

describe('detectEncoding', () => {
  it.each([
    ['text', Buffer.from('plain text'), 'utf-8'],
    ['a run of NUL bytes', Buffer.alloc(4096), 'utf-8'],
    ['nothing', Buffer.alloc(0), 'utf-8'],
    ['UTF-16LE', utf16('plain'), 'utf-16le'],
    ['UTF-16BE', utf16('plain').swap16(), 'utf-16be'],
  ])('of %s', (_, bytes, expected) => {
    expect(detectEncoding(bytes)).toBe(expected);
  });
});

describe('cleanText', () => {
  it.each([
    ['\u001b[31mError\u001b[39m: no', 'Error: no'],
    ['a\u0000\u0000\u0000b', 'ab'],
    ['\ufeffup', 'up'],
    ['\u001b]0;title\u0007up', 'up'],
    ['\tat x', '\tat x'],
    ['ไทย ✔', 'ไทย ✔'],
    ['[nodemon] starting', '[nodemon] starting'],
  ])('%j', (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });
});

describe('groupStreams', () => {
  it.each([
    [
      ['app.log', 'app.log.1', 'app.log.2.gz', 'app.log.10'],
      ['app.log.10', 'app.log.2.gz', 'app.log.1', 'app.log'],
    ],
    [
      ['app.log', 'app.log-20261122', 'app.log-20261121.gz'],
      ['app.log-20261121.gz', 'app.log-20261122', 'app.log'],
    ],
    [
      ['app-2026-11-22.log', 'app-2026-11-21.log'],
      ['app-2026-11-21.log', 'app-2026-11-22.log'],
    ],
    [
      ['web-out__2026-11-22_00-00-00.log', 'web-out.log', 'web-out__2026-11-21_00-00-00.log'],
      ['web-out__2026-11-21_00-00-00.log', 'web-out__2026-11-22_00-00-00.log', 'web-out.log'],
    ],
  ])('puts %j in order', (names, expected) => {
    const [stream, ...others] = groupStreams(names.map((name) => ({ name })));
    expect(others).toEqual([]);
    expect(stream?.sources.map(({ name }) => name)).toEqual(expected);
  });

  it('keeps different logs apart', () => {
    expect(groupStreams([{ name: 'web-out.log' }, { name: 'web-error.log' }, { name: 'a/app.log' }])).toHaveLength(3);
  });

  it('keeps the order of a stream that was named', () => {
    const sources = [
      { name: 'b', stream: 's' },
      { name: 'a', stream: 's' },
    ];
    expect(groupStreams(sources)).toEqual([{ stream: 's', sources }]);
  });
});
