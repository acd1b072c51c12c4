import { describe, expect, it } from 'vitest';
import { parseNetstat } from '../../../src/platform/packages/parse-netstat.ts';
import { recordedOutput } from './recorded-output.ts';

const LISTENERS: Readonly<Record<string, readonly string[]>> = {
  en: [
    '0.0.0.0 135 1016',
    '127.0.0.1 5050 4242',
    '0.0.0.0 5050 6060',
    ':: 5050 5151',
    '::1 5050 5252',
    '127.0.0.1 50501 8888',
    'fe80::1%12 8080 777',
  ],
  de: ['0.0.0.0 135 1128', '0.0.0.0 4317 9999', ':: 4317 9999'],
  'de-ghost-pids': ['0.0.0.0 5665 15136', '0.0.0.0 5665 8692', ':: 5665 8692'],
  fr: [
    '0.0.0.0 80 4',
    '0.0.0.0 135 1112',
    '0.0.0.0 445 4',
    '0.0.0.0 808 4928',
    '0.0.0.0 5040 9536',
    '0.0.0.0 49664 704',
  ],
  zh: ['0.0.0.0 135 1028', '0.0.0.0 445 4', '0.0.0.0 1024 852', '0.0.0.0 1025 2232', '::1 28100 12345'],
  ja: ['0.0.0.0 21 12636', '0.0.0.0 80 2916', '0.0.0.0 135 72', '0.0.0.0 445 4', '::1 8009 11076'],
  ko: ['0.0.0.0 135 1028', '0.0.0.0 3306 1076', '0.0.0.0 8009 9184', '0.0.0.0 8080 9184', '127.0.0.1 8005 9184'],
  ru: ['0.0.0.0 135 1084', '0.0.0.0 3050 31664', ':: 4001 31664'],
  es: ['0.0.0.0 135 916', '0.0.0.0 445 4', '0.0.0.0 5040 4484'],
  'pt-br': ['0.0.0.0 5173 12345'],
};

const listenersIn = (text: string): readonly string[] =>
  parseNetstat(text)
    .filter(({ state }) => state === 'listening')
    .map(({ address, port, pid }) => `${address} ${port} ${pid}`);

describe('recorded output of Windows', () => {
  it.each(Object.entries(LISTENERS))('in the language %s gives its listeners', (language, listeners) => {
    expect(listenersIn(recordedOutput(`windows/netstat-ano/${language}.txt`))).toEqual(listeners);
  });

  it.each(
    ['de-cp850', 'fr-cp850', 'zh-cp936', 'ja-cp932', 'ko-cp949', 'ru-cp866'].flatMap((name) =>
      (['utf8', 'latin1'] as const).map((encoding) => [name, encoding] as const),
    ),
  )('in the code page of %s gives the same when read as %s', (name, encoding) => {
    const [language = ''] = name.split('-');
    expect(listenersIn(recordedOutput(`windows/netstat-ano/${name}.bin`, encoding))).toEqual(LISTENERS[language]);
  });

  it.each([
    ['en', 2, 1],
    ['de', 4, 1],
    ['zh', 1, 1],
    ['ja', 2, 0],
    ['ru', 1, 1],
    ['pt-br', 0, 0],
  ])(
    'in the language %s has %i connections and %i waiting sockets that nobody holds',
    (language, connected, waiting) => {
      const sockets = parseNetstat(recordedOutput(`windows/netstat-ano/${language}.txt`));
      const count = (state: string): number => sockets.filter((socket) => socket.state === state).length;
      expect([count('connected'), count('time-wait')]).toEqual([connected, waiting]);
    },
  );

  it('never takes a program that talks to a port for one that serves it', () => {
    const text = recordedOutput('windows/netstat-ano/en.txt');
    const client = parseNetstat(text).find(({ pid }) => pid === 7777);
    expect(client).toEqual({
      pid: 7777,
      address: '127.0.0.1',
      port: 51_234,
      state: 'connected',
      established: true,
      remote: { address: '127.0.0.1', port: 5050 },
    });
  });
});

describe('parseNetstat', () => {
  it.each([
    ['  TCP    0.0.0.0:3000  0.0.0.0:0  IN ZWEI WORTEN  42', ['0.0.0.0 3000 42']],
    ['  TCP    0.0.0.0:3000  0.0.0.0:0  42', ['0.0.0.0 3000 42']],
    ['TCP 0.0.0.0:3000 0.0.0.0:0 LISTENING 42', ['0.0.0.0 3000 42']],
    ['  TCP    0.0.0.0:3000  0.0.0.0:0  LISTENING', []],
    ['  UDP    0.0.0.0:3000  *:*                  42', []],
    ['  TCP    0.0.0.0:3000  10.0.0.1:10  LISTENING  42', []],
    ['', []],
  ])('of %j gives the listeners %j', (text, listeners) => {
    expect(listenersIn(text)).toEqual(listeners);
  });
});
