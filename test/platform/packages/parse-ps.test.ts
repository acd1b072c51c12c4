import { describe, expect, it } from 'vitest';
import { parsePs, parsePsTime, parsePsVariable } from '../../../src/platform/packages/parse-ps.ts';
import { recordedOutput } from './recorded-output.ts';

describe('parsePs', () => {
  const rows = parsePs(recordedOutput('macos/ps/axo.txt'));

  it('reads every line of macOS', () => {
    expect(rows.map(({ pid, name, state }) => [pid, name, state])).toEqual([
      [1, 'launchd', 'sleeping'],
      [412, 'WindowServer', 'sleeping'],
      [913, 'Google Chrome', 'sleeping'],
      [1204, 'node', 'sleeping'],
      [1205, 'sh', 'stopped'],
      [1206, '(node)', 'zombie'],
      [1207, '-zsh', 'sleeping'],
    ]);
  });

  it('reads numbers, times and births', () => {
    expect(rows[1]).toEqual({
      pid: 412,
      parentPid: 1,
      groupId: 412,
      sessionId: 0,
      state: 'sleeping',
      name: 'WindowServer',
      born: Date.UTC(2025, 8, 1, 8, 2, 31) / 1000,
      cpuMs: 42_722_630,
      rssBytes: 378_656 * 1024,
    });
  });

  it('tells no session by an address of the kernel, and no birth where there is none', () => {
    expect(rows.at(-1)?.sessionId).toBe(0);
    expect(rows.find(({ state }) => state === 'zombie')?.born).toBe(0);
  });

  it('leaves out what is no process', () => {
    expect(parsePs('ps: illegal option -- x\nusage: ps [-AaCc]\n\n')).toEqual([]);
  });

  it.each([
    ['0:00.51', 510],
    ['712:02.63', 42_722_630],
    ['00:00:05', 5_000],
    ['1-02:03:04', 93_784_000],
  ])('reads the time %s', (text, milliseconds) => {
    expect(parsePsTime(text)).toBe(milliseconds);
  });
});

describe('parsePsVariable', () => {
  it('tells a variable from the same words among the arguments', () => {
    const withoutEnvironment = ['    7 node app.js', '   12 grep DEVDOCTOR_SERVICE=k.1 log', '13 sh -c x'].join('\n');
    const withEnvironment = [
      '    7 node app.js HOME=/home/ada DEVDOCTOR_SERVICE=k.1 LANG=C',
      '   12 grep DEVDOCTOR_SERVICE=k.1 log HOME=/home/ada',
      '13 sh -c x X_DEVDOCTOR_SERVICE=k.1 DEVDOCTOR_SERVICE=k.2',
    ].join('\n');
    expect(parsePsVariable(withEnvironment, withoutEnvironment, 'DEVDOCTOR_SERVICE')).toEqual(
      new Map([
        [7, 'k.1'],
        [13, 'k.2'],
      ]),
    );
  });

  it('leaves out a process that became another program between the two', () => {
    expect(parsePsVariable('7 node a.js A=1', '7 sh', 'A')).toEqual(new Map());
  });
});
