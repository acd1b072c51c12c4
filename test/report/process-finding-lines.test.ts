import { describe, expect, it } from 'vitest';
import type { LeftoverFinding, MemoryFinding } from '../../src/model/finding.ts';
import { colorPaint } from '../../src/report/color-paint.ts';
import { PLAIN_PAINT } from '../../src/report/look.ts';
import { prettyFinding } from '../../src/report/pretty-finding.ts';
import { processFindingLines } from '../../src/report/process-finding-lines.ts';
import { aLeftover } from '../helpers/a-leftover.ts';
import { aProcess } from '../helpers/a-process.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

const server = aProcess();

const lines = (finding: LeftoverFinding | MemoryFinding, width = 80): readonly string[] =>
  processFindingLines(finding, plainLook(width), PLAIN_PAINT);

const pretty = (finding: LeftoverFinding, width = 80): string => prettyFinding(finding, plainLook(width), PLAIN_PAINT);

describe('what is told of a left-over', () => {
  it('goes from what over which process and why to what to type', () => {
    expect(pretty(aLeftover(server))).toBe(
      [
        '▲ 100 node server.js was left behind: its terminal /dev/pts/3 was closed',
        '    100     node server.js',
        '            ~/shop, up 19 h',
        '    because  nobody reads its output any more',
        '    against  2 connections to its port',
        '    fix      devdoctor fix --only orphan-process',
      ].join('\n'),
    );
  });

  it('marks what is for a person to judge as no warning', () => {
    expect(pretty(aLeftover(server, 'possible'))).toMatch(/^ℹ 100 /);
  });

  it('shows every reason, and all that speaks against it', () => {
    const reasons = ['one', 'two', 'three'];
    const evidence = reasons.map((text) => ({ text, source: 'process 100' }));
    const told = lines(aLeftover(server, 'certain', { evidence }, { blockedBy: ['four', 'five'] })).slice(1);
    expect(told.filter((line) => line.trim() !== '')).toEqual([
      '    because  one',
      '    because  two',
      '    because  three',
      '    against  four',
      '    against  five',
    ]);
  });

  it('says nothing against it where nothing is', () => {
    expect(lines(aLeftover(server, 'certain', {}, { blockedBy: [] })).join('\n')).not.toContain('against');
  });

  it('shortens only the home that is its own', () => {
    const facts = ['/home/ada', '/home/adam/shop'].map((text) => ({ text, source: 'facts' }));
    expect(lines(aLeftover(server, 'certain', { evidence: facts }))[1]).toBe('            ~, /home/adam/shop');
  });
});

describe('what is told of memory', () => {
  it('names the process and the reasons, and nothing against it', () => {
    const memory: MemoryFinding = {
      ...aLeftover(server),
      check: 'memory-overrun',
      data: {
        pid: 100,
        startedAt: server.startedAt,
        command: 'node server.js',
        project: null,
        service: null,
        rssBytes: 1,
        pssBytes: null,
        treeBytes: 1,
        limitBytes: null,
        limitSource: 'none',
        trend: null,
      },
    };
    expect(lines(memory)).toEqual([
      '    100     node server.js',
      '            ~/shop, up 19 h',
      '    because  nobody reads its output any more',
    ]);
  });
});

const HOSTILE = '\u001B[31m\u001B]0;mine\u0007\r\nsecond\u202E\u009B2J โบ๊ท 数据';
const LONG = `/srv/${'a-very-long-folder/'.repeat(20)}server.js`;

const hostile = (text: string): LeftoverFinding =>
  aLeftover(
    aProcess({ pid: 4_194_304, command: ['node', text] }),
    'likely',
    {
      summary: `4194304 node was left behind: its folder ${text} was removed`,
      evidence: [
        { text, source: 'facts' },
        { text: 'listens on 3000', source: 'facts' },
        { text: `the package runner of its script "${text}" was killed`, source: 'process 100' },
      ],
    },
    { blockedBy: [`it writes to the file ${text}`] },
  );

describe.each([40, 41, 60, 80, 120, 200])('in %i columns', (width) => {
  it.each([
    ['a common left-over', aLeftover(server)],
    ['one with long words', hostile(LONG)],
    ['one with hostile words', hostile(HOSTILE.repeat(6))],
  ])('fits %s, but for commands to copy', (_, finding) => {
    expect(tooWide(pretty(finding, width), width)).toEqual([]);
    expect(
      pretty(finding, width)
        .split('\n')
        .filter((line) => line.endsWith(' ')),
    ).toEqual([]);
  });

  it('shows nothing that a terminal would obey', () => {
    expect(pretty(hostile(HOSTILE.repeat(3)), width)).not.toMatch(OBEYED);
  });
});

it('says the same with colours as without', () => {
  const look = { ...plainLook(60), paint: colorPaint() };
  const colours = new RegExp(`${String.fromCodePoint(27)}\\[\\d+m`, 'g');
  const coloured = prettyFinding(hostile(LONG), look, look.paint);
  expect(coloured).toMatch(colours);
  expect(coloured.replaceAll(colours, '')).toBe(pretty(hostile(LONG), 60));
});
