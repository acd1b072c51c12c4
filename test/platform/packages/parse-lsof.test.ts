import { describe, expect, it } from 'vitest';
import { parseLsof } from '../../../src/platform/packages/parse-lsof.ts';
import { recordedOutput } from './recorded-output.ts';

const listener = (pid: number, address: string, port: number) => ({
  pid,
  address,
  port,
  state: 'listening',
  established: false,
  remote: null,
});

describe('recorded output', () => {
  it('of macOS gives its listeners and its connection', () => {
    expect(parseLsof(recordedOutput('macos/lsof-F/pcnPT.txt'))).toEqual([
      listener(4711, '*', 5252),
      listener(200, '*', 3000),
      {
        pid: 832,
        address: '10.91.5.15',
        port: 63_194,
        state: 'connected',
        established: true,
        remote: { address: '10.91.5.180', port: 5252 },
      },
    ]);
  });

  it('of Linux with more fields than were needed gives the same', () => {
    expect(parseLsof(recordedOutput('linux/lsof-F/pcnPtTLgRuf.txt'))).toEqual([
      listener(14_303, '127.0.0.1', 25_800),
      listener(14_303, '*', 25_801),
    ]);
  });

  it('of Linux without descriptors, which parts one socket from the next by nothing but its name, gives all of them', () => {
    const sockets = parseLsof(recordedOutput('linux/lsof-F/pnT.txt'));
    expect(sockets?.map(({ port, state }) => [port, state])).toEqual([
      [39_991, 'listening'],
      [33_552, 'connected'],
      [39_991, 'connected'],
    ]);
  });

  it('of BusyBox, which ignores every option, is no answer', () => {
    expect(parseLsof(recordedOutput('alpine/lsof/busybox.txt'))).toBeNull();
  });
});

describe('parseLsof', () => {
  it.each([
    ['p7\nf3\nTST=LISTEN\nn[::1]:9229\n', [listener(7, '::1', 9229)]],
    ['p7\nf3\nn[::1]:9229\nTST=LISTEN\n', [listener(7, '::1', 9229)]],
    ['p7\nf3\nn[fe80::1%lo0]:80\nTST=LISTEN', [listener(7, 'fe80::1%lo0', 80)]],
    ['p7\nf3\nn*:1\nTST=LISTEN\np8\nf3\nn*:2\nTST=LISTEN\n', [listener(7, '*', 1), listener(8, '*', 2)]],
    [
      'p7\nf3\nn[::1]:3000->[::1]:50000\nTST=TIME_WAIT\n',
      [
        {
          pid: 7,
          address: '::1',
          port: 3000,
          state: 'time-wait',
          established: false,
          remote: { address: '::1', port: 50_000 },
        },
      ],
    ],
  ])('reads %j', (text, sockets) => {
    expect(parseLsof(text)).toEqual(sockets);
  });

  it('lets the state of one socket say nothing about the next', () => {
    const states = parseLsof('p7\nf3\nn*:1\nTST=LISTEN\nf4\nn*:2\nf5\nn*:3\nTST=LISTEN\n')?.map(({ state }) => state);
    expect(states).toEqual(['listening', 'connected', 'listening']);
  });

  it.each([
    ['ESTABLISHED', true],
    ['CLOSE_WAIT', false],
    ['FIN_WAIT_2', false],
    ['SYN_SENT', false],
  ])('takes %s for a connection, on which somebody talks: %s', (word, established) => {
    const [socket] = parseLsof(`p7\nf3\nn[::1]:3000->[::1]:50000\nTST=${word}\n`) ?? [];
    expect(socket).toMatchObject({ state: 'connected', established });
  });

  it.each(['', 'p7\n', 'p7\nf3\n', 'n*:3000\nTST=LISTEN\n', 'p7\nf3\nn*:*\n', 'p7\nf3\nnno colon\n'])(
    'finds no socket in %j',
    (text) => {
      expect(parseLsof(text)).toEqual([]);
    },
  );
});
