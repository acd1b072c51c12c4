import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf, frameReader } from '../../../src/supervisor/protocol/frames.ts';

const feed = (bytes: Buffer, sizes: readonly number[], longest = 1_000_000): readonly string[] => {
  const reader = frameReader(longest);
  const frames: string[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    frames.push(...reader.push(bytes.subarray(from, from + size)));
    from += size;
  }
  return frames;
};

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', () => {
    const messages = fc.array(fc.record({ text: fc.string({ unit: 'binary' }), n: fc.integer() }), { maxLength: 8 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }), (all, sizes) => {
        const frames = feed(Buffer.from(all.map(frameOf).join('')), sizes);
        expect(frames.map((frame) => JSON.parse(frame) as unknown)).toEqual(all);
      }),
    );
  });

  it('have no newline inside, whatever they say', () => {
    const frame = frameOf({ text: 'one\ntwo\r\n\u2028' });
    expect(frame.indexOf('\n')).toBe(frame.length - 1);
  });

  it('are given only when they are whole', () => {
    const reader = frameReader(100);
    expect(reader.push(Buffer.from('{"a"'))).toEqual([]);
    expect(reader.push(Buffer.from(':1}'))).toEqual([]);
    expect(reader.push(Buffer.from('\n{"b":2}\n{'))).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('may be empty', () => {
    expect(feed(Buffer.from('\n\nx\n'), [1])).toEqual(['', '', 'x']);
  });
});

describe('a frame that is too long', () => {
  it.each([1, 3, 100])('is refused as soon as it is, in pieces of %i', (size) => {
    expect(feed(Buffer.from(`${'x'.repeat(10)}\n`), [size], 10)).toEqual(['x'.repeat(10)]);
    expect(() => feed(Buffer.from('x'.repeat(11)), [size], 10)).toThrow('a frame is longer than 10 bytes');
    expect(() => feed(Buffer.from(`ok\n${'x'.repeat(11)}\n`), [size], 10)).toThrow(RangeError);
  });

  it('is one by its bytes, not by its letters', () => {
    expect(() => feed(Buffer.from('üüüüüü'), [2], 10)).toThrow(RangeError);
  });

  it('may be longer once that is allowed', () => {
    const reader = frameReader(5);
    expect(reader.push(Buffer.from('12345\n'))).toEqual(['12345']);
    reader.allow(10);
    expect(reader.push(Buffer.from('1234567890\n'))).toEqual(['1234567890']);
    expect(() => reader.push(Buffer.from('12345678901'))).toThrow(RangeError);
  });

  it('has a length of its own: earlier frames do not count', () => {
    const reader = frameReader(4);
    for (let round = 0; round < 50; round += 1) expect(reader.push(Buffer.from('abcd\n'))).toEqual(['abcd']);
  });
});
