import { createGunzip } from 'node:zlib';
import { detectEncoding, type Encoding } from './encoding.ts';

/** What came of a source's bytes. */
export interface DecodeResult {
  readonly state: 'read' | 'cut' | 'broken';
  readonly detail: string | null;
  readonly bytes: number;
}

const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same chunks, with as many joined at the front as are needed to tell what they are. */
const withSample = async function* (chunks: AsyncIterable<Uint8Array>, least: number): AsyncGenerator<Uint8Array> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (start === null) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < least) continue;
    yield start;
    start = null;
  }
  if (start !== null && start.length > 0) yield start;
};

const gunzipped = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feed = async (): Promise<void> => {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once('drain', resolve).once('close', resolve));
    }
    gunzip.end();
  };
  const feeding = feed().catch((error: unknown) => {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } finally {
    gunzip.destroy();
    await feeding;
  }
};

const toUtf8 = (encoding: Encoding): ((chunk: Uint8Array, last: boolean) => Uint8Array) => {
  if (encoding === 'utf-8') return (chunk) => chunk;
  const decoder = new TextDecoder(encoding);
  return (chunk, last) => Buffer.from(decoder.decode(chunk, { stream: !last }), 'utf8');
};

const first = async (
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ readonly start: Uint8Array | null; readonly rest: AsyncGenerator<Uint8Array> }> => {
  const { done, value } = await iterator.next();
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    if (done === true) return;
    yield value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { start: done === true ? null : value, rest: rest() };
};

const SAMPLE = 64;
/** Always the same part of a source, however large its first chunk is. */
const ENCODING_SAMPLE = 4096;

const plainBytes = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { start, rest } = await first(withSample(chunks, SAMPLE));
  if (start !== null && isGzip(start)) yield* gunzipped(rest);
  else yield* rest;
};

/**
 * Feeds a source's bytes as UTF-8 to `push`: gzip is opened by its first bytes, UTF-16 converted. Errors of the source or
 * of its compression end the reading and are told, never thrown: what came before them is still good.
 */
export const decodeSource = async (
  chunks: AsyncIterable<Uint8Array>,
  byteLimit: number,
  push: (chunk: Uint8Array) => void,
): Promise<DecodeResult> => {
  let bytes = 0;
  let convert: ((chunk: Uint8Array, last: boolean) => Uint8Array) | null = null;
  try {
    for await (const chunk of withSample(plainBytes(chunks), ENCODING_SAMPLE)) {
      convert ??= toUtf8(detectEncoding(chunk.subarray(0, ENCODING_SAMPLE)));
      const room = byteLimit - bytes;
      const taken = chunk.length > room ? chunk.subarray(0, room) : chunk;
      bytes += taken.length;
      push(convert(taken, false));
      if (bytes >= byteLimit) return { state: 'cut', detail: `only the first ${bytes} bytes were read`, bytes };
    }
    if (convert !== null) push(convert(new Uint8Array(0), true));
    return { state: 'read', detail: null, bytes };
  } catch (error) {
    return { state: 'broken', detail: `after ${bytes} bytes: ${detailOf(error)}`, bytes };
  }
};
