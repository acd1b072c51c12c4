import { describe, expect, it } from 'vitest';
import { parseStat, terminalName } from '../../../src/platform/linux/parse-stat.ts';

const line = (name: string, state = 'S', flags = 4_194_304, threads = 1): string =>
  `4711 (${name}) ${state} 42 4700 4600 34819 -1 ${flags} 1200 0 3 0 40 12 0 0 20 0 ${threads} 0 987654 1072693248 20123 184467 0 0`;

describe('parseStat', () => {
  it('reads who a process is from one line', () => {
    expect(parseStat(line('node'))).toEqual({
      pid: 4711,
      name: 'node',
      state: 'sleeping',
      parentPid: 42,
      groupId: 4700,
      sessionId: 4600,
      terminalDevice: 34_819,
      kernelThread: false,
      startTicks: 987_654,
      residentPages: 20_123,
      cpuTicks: 52,
    });
  });

  it.each([
    'Web Content',
    '(sd-pam)',
    'a) S 1 1 1 (b',
    ') (',
    ')',
    '(',
    '',
    '1 (2) R 3',
    'tab\tand\nline',
    'PM2 v5.3.0: God',
  ])('counts the fields from the last parenthesis, so the name may be %j', (name) => {
    expect(parseStat(line(name))).toMatchObject({ pid: 4711, name, parentPid: 42, startTicks: 987_654 });
  });

  it.each([
    ['R', 'running'],
    ['S', 'sleeping'],
    ['D', 'sleeping'],
    ['I', 'sleeping'],
    ['T', 'stopped'],
    ['t', 'stopped'],
    ['Z', 'zombie'],
    ['X', 'zombie'],
    ['x', 'zombie'],
    ['P', 'other'],
  ])('reads the state letter %s as %s', (letter, state) => {
    expect(parseStat(line('node', letter))?.state).toBe(state);
  });

  it('takes a process for living as long as a thread of it is, though its leader has ended', () => {
    expect(parseStat(line('node', 'Z', 4_194_304, 11))?.state).not.toBe('zombie');
  });

  it('tells a kernel thread by its flag, whatever else is set', () => {
    expect(parseStat(line('kthreadd', 'S', 2_129_984))?.kernelThread).toBe(true);
    expect(parseStat(line('node', 'S', 4_194_304 | 0x40))?.kernelThread).toBe(false);
  });

  it.each([
    ['', 'nothing at all'],
    ['4711', 'no name'],
    ['(node) S 1', 'no pid'],
    ['4711 (node', 'a name that does not end'],
    ['4711 (node) S 42 4700', 'a line that was torn before the start time'],
    ['4711 )node( S 42', 'parentheses the wrong way round'],
  ])('is null for %j: %s', (text) => {
    expect(parseStat(text)).toBeNull();
  });
});

describe('terminalName', () => {
  it.each([
    [0, null],
    [0x88_00, 'pts/0'],
    [0x88_03, 'pts/3'],
    [0x88_ff, 'pts/255'],
    [0x10_88_00, 'pts/256'],
    [0x89_01, 'pts/257'],
    [0x04_01, 'tty1'],
    [0x04_3f, 'tty63'],
    [0x04_40, 'ttyS0'],
    [0x05_01, '5:1'],
    [0xbc_00, '188:0'],
  ])('names device %i as /dev does: %s', (device, name) => {
    expect(terminalName(device)).toBe(name);
  });
});
