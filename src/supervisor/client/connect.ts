import { connect as connectTo, type Socket } from 'node:net';
import { join } from 'node:path';
import { DevdoctorError } from '../../model/error.ts';
import { errorCode, messageOf } from '../../util/error-code.ts';
import { readVersion } from '../../util/read-version.ts';
import { frameOf, frameReader, LONGEST_FRAME } from '../protocol/frames.ts';
import { readToken } from '../protocol/handshake.ts';
import { PROTOCOL, type AnswerOf, type RequestName, type WireAnswer, type WireError } from '../protocol/messages.ts';
import type { Home } from '../state/home.ts';
import { readSocketPlace } from '../state/socket-place.ts';
import type { Supervisor } from './supervisor.ts';

/** A daemon that is there greets at once; one that is suspended never does. */
const GREETING_MS = 5_000;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const errorOf = ({ message, data }: WireError): DevdoctorError => {
  if (data === undefined || data.kind === 'fault') {
    return new DevdoctorError('environment', `the supervisor failed: ${message}`, 'devdoctor list');
  }
  return new DevdoctorError(data.kind === 'environment' ? 'environment' : 'usage', message, data.hint);
};

/** Nobody listens: the daemon was killed, or never was. */
const ABSENT = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

const openSocket = (path: string): Promise<Socket | null> =>
  new Promise((resolve, reject) => {
    const socket = connectTo(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => {
      if (ABSENT.has(errorCode(error) ?? '')) resolve(null);
      else reject(new DevdoctorError('environment', `cannot reach the supervisor at ${path}: ${messageOf(error)}`));
    });
  });

type Request = <N extends RequestName>(name: N, params: object) => Promise<AnswerOf<N>>;

const wentAway = (): DevdoctorError =>
  new DevdoctorError(
    'environment',
    'the supervisor went away before it answered; services go on without it',
    'devdoctor list',
  );

/** Numbers each request, so that answers find who asked whatever their order. */
const requester = (socket: Socket): Request => {
  const reader = frameReader(LONGEST_FRAME);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const take = (text: string): void => {
    const answer = JSON.parse(text) as WireAnswer;
    const asked = waiting.get(answer.id ?? -1);
    if ('error' in answer) {
      const error = errorOf(answer.error);
      if (asked === undefined) for (const { reject } of waiting.values()) reject(error);
      else asked.reject(error);
    } else asked?.resolve(answer.result);
    waiting.delete(answer.id ?? -1);
  };
  const fail = (error: DevdoctorError): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  socket.on('data', (chunk) => {
    try {
      if (!socket.destroyed) reader.push(chunk).forEach(take);
    } catch (error) {
      const text = `the supervisor gave an answer that cannot be read (${messageOf(error)}); services go on`;
      fail(new DevdoctorError('environment', text, 'devdoctor list'));
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => fail(wentAway()));
  return (name, params) =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(wentAway());
      last += 1;
      waiting.set(last, { resolve: resolve as (result: unknown) => void, reject });
      socket.write(frameOf({ jsonrpc: '2.0', id: last, method: name, params }));
    });
};

const withLimit = <T>(promise: Promise<T>, socket: Socket, home: Home): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      const text = `the supervisor does not answer within ${GREETING_MS / 1_000} s; it may be suspended`;
      reject(new DevdoctorError('environment', text, `cat ${join(home.folder, 'devdoctord.log')}`));
    }, GREETING_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Connects to the daemon of a home; `null` when none runs. Never starts one. */
export const connect = async (home: Home, packageRoot: string): Promise<Supervisor | null> => {
  const place = readSocketPlace(home);
  const token = readToken(home);
  const socket = place === null || token === null ? null : await openSocket(place);
  if (socket === null) return null;
  const request = requester(socket);
  const hello = { protocol: PROTOCOL, version: readVersion(packageRoot), token };
  const { version, pid, protocol } = await withLimit(request('hello', hello), socket, home);
  return {
    daemonVersion: version,
    daemonProtocol: protocol,
    daemonPid: pid,
    request,
    close: () => socket.destroy(),
  };
};
