import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../../util/error-code.ts';
import type { Part } from './parts.ts';

const CHUNK_BYTES = 262_144;

const plainChunks = function* ({ read, size }: Part, from: number): Generator<Buffer> {
  for (let offset = from; offset < size;) {
    const chunk = read(offset, Math.min(CHUNK_BYTES, size - offset));
    if (chunk.length === 0) return;
    offset += chunk.length;
    yield chunk;
  }
};

const unpackedChunks = async function* (part: Part): AsyncGenerator<Buffer> {
  const packed = Readable.from(plainChunks(part, 0));
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of packed.pipe(gunzip)) yield chunk as Buffer;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
};

const without = async function* (chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
};

/**
 * The bytes of a part from a place on, unpacked where it is compressed. A damaged part gives what stands before the
 * damage, and `onTrouble` is told why no more.
 */
export const partChunks = async function* (
  part: Part,
  from: number,
  onTrouble: (why: string) => void,
): AsyncGenerator<Buffer> {
  try {
    if (part.compressed) yield* without(unpackedChunks(part), from);
    else {
      for (const chunk of plainChunks(part, from)) {
        yield chunk;
        // Files answer at once: without a turn for others no signal would be heard until their end.
        await turn();
      }
    }
  } catch (error) {
    onTrouble(messageOf(error));
  }
};
