import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { DevdoctorError, isKnownError } from '../../model/error.ts';
import { messageOf } from '../../util/error-code.ts';
import { frameOf, frameReader, LONGEST_FRAME, type FrameReader } from '../protocol/frames.ts';
import { isSameToken } from '../protocol/handshake.ts';
import {
  PROTOCOL,
  type AnswerOf,
  type ParamsOf,
  type RequestName,
  type WireError,
  type WireRequest,
} from '../protocol/messages.ts';

/** Answers of everything that may be asked after the greeting. */
export type Handlers = {
  readonly [N in Exclude<RequestName, 'hello'>]: (params: ParamsOf<N>) => Promise<AnswerOf<N>> | AnswerOf<N>;
};

/** Whom the other side talks to. */
export interface Greeting {
  readonly token: string;
  readonly version: string;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Before the greeting nobody needs more. */
const LONGEST_GREETING = 4_096;
/** Who reads so slowly that this much waits for him is let go. */
const MOST_WAITING = 2 * LONGEST_FRAME;
/** Who connects and says nothing is let go. */
const GREETING_MS = 5_000;

const INVALID = -32_600;
const UNKNOWN_METHOD = -32_601;
const FAILED = -32_000;

const wireErrorOf = (error: unknown): WireError => {
  if (!isKnownError(error)) return { code: FAILED, message: messageOf(error), data: { kind: 'fault', hint: null } };
  const kind = error.code === 'usage' || error.code === 'configuration' ? 'usage' : 'environment';
  return { code: FAILED, message: error.message, data: { kind, hint: error.hint } };
};

const send = (socket: Socket, message: object): void => {
  if (socket.destroyed) return;
  socket.write(frameOf(message));
  if (socket.writableLength > MOST_WAITING) socket.destroy();
};

const isRequest = (value: unknown): value is WireRequest =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as WireRequest).id === 'number' &&
  typeof (value as WireRequest).method === 'string';

const greet = ({ params, id }: WireRequest, socket: Socket, { token, version, pid, startedAt }: Greeting): boolean => {
  const given = params as Partial<ParamsOf<'hello'>> | null;
  if (!isSameToken(given?.token, token)) return false;
  send(socket, { jsonrpc: '2.0', id, result: { protocol: PROTOCOL, version, pid, startedAt } });
  return true;
};

const answer = async ({ id, method, params }: WireRequest, socket: Socket, handlers: Handlers): Promise<void> => {
  const handler = Object.hasOwn(handlers, method)
    ? (handlers[method as keyof Handlers] as (params: unknown) => unknown)
    : null;
  if (handler === null) {
    send(socket, { jsonrpc: '2.0', id, error: { code: UNKNOWN_METHOD, message: `there is no request "${method}"` } });
    return;
  }
  try {
    send(socket, { jsonrpc: '2.0', id, result: (await handler(params ?? {})) ?? {} });
  } catch (error) {
    send(socket, { jsonrpc: '2.0', id, error: wireErrorOf(error) });
  }
};

const parseRequest = (text: string): WireRequest | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isRequest(value) ? value : null;
  } catch {
    // Not JSON: no request, and told as such.
    return null;
  }
};

const serve = (socket: Socket, greeting: Greeting, handlers: Handlers): void => {
  const reader: FrameReader = frameReader(LONGEST_GREETING);
  let isGreeted = false;
  const timer = setTimeout(() => socket.destroy(), GREETING_MS);
  const refuse = (message: string): void => {
    send(socket, { jsonrpc: '2.0', id: null, error: { code: INVALID, message } });
    socket.destroySoon();
  };
  const take = (text: string): void => {
    const request = parseRequest(text);
    if (request === null) return refuse('not a request');
    if (isGreeted) return void answer(request, socket, handlers);
    if (request.method !== 'hello' || !greet(request, socket, greeting)) return refuse('not allowed');
    isGreeted = true;
    clearTimeout(timer);
    reader.allow(LONGEST_FRAME);
  };
  socket.on('data', (chunk) => {
    try {
      for (const text of reader.push(chunk)) if (!socket.destroyed) take(text);
    } catch (error) {
      refuse(messageOf(error));
      socket.destroy();
    }
  });
  socket.on('close', () => clearTimeout(timer));
  // A command that was interrupted takes its connection with it; its request goes on.
  socket.on('error', () => socket.destroy());
};

/** Listens for this user's commands on a socket that only this user may reach. */
export const startServer = (path: string, greeting: Greeting, handlers: Handlers): Promise<Server> => {
  const server = createServer((socket) => serve(socket, greeting, handlers));
  return new Promise((resolve, reject) => {
    // Later ones, such as too many open files, are of single connections, whose commands say so.
    server.on('error', (error) =>
      reject(new DevdoctorError('environment', `cannot listen on ${path}: ${messageOf(error)}`)),
    );
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
};
