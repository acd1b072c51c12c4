import { describe, expect, it } from 'vitest';
import { table, type Column } from '../../src/report/table.ts';
import { displayWidth } from '../../src/util/display-width.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'port', flexible: false },
  { heading: 'process', flexible: true },
  { heading: 'up', flexible: false },
];

describe('a table', () => {
  it('lines its columns up, two spaces apart, with nothing at the ends of lines', () => {
    expect(
      table(
        COLUMNS,
        [
          ['3000', 'node', '19 h'],
          ['80', 'nginx: master', '–'],
        ],
        80,
      ),
    ).toEqual(['port  process        up', '3000  node           19 h', '80    nginx: master  –']);
  });

  it('has a heading without any row', () => {
    expect(table(COLUMNS, [], 80)).toEqual(['port  process  up']);
  });

  it.each([40, 25, 24])('cuts only flexible columns to fit %i columns', (width) => {
    const lines = table(
      COLUMNS,
      [
        ['3000', 'x'.repeat(50), '19 h'],
        ['65535', 'short', '3 min'],
      ],
      width,
    );
    expect(lines.map(displayWidth).filter((columns) => columns > width)).toEqual([]);
    expect(lines[1]).toMatch(/^3000 {3}x+… {2}19 h$/);
    expect(lines[2]).toMatch(/^65535 {2}short +3 min$/);
  });

  it('keeps a flexible column readable rather than fit at any price', () => {
    expect(table(COLUMNS, [['3000', 'x'.repeat(50), '19 h']], 10)[1]).toBe('3000  xxxxx…  19 h');
  });

  it('takes from the widest column first', () => {
    const two: readonly Column[] = [
      { heading: 'a', flexible: true },
      { heading: 'b', flexible: true },
    ];
    expect(table(two, [['x'.repeat(30), 'y'.repeat(10)]], 25)[1]).toBe(`${'x'.repeat(12)}…  ${'y'.repeat(10)}`);
  });

  it.each([
    ['Thai, whose vowels and tones take no column', 'ร้านค้าที่รัก'],
    ['Chinese, whose characters take two', '購物車系統'],
    ['plain text', 'shop'],
  ])('lines up %s', (_, name) => {
    const lines = table(
      COLUMNS,
      [
        ['1', name, 'end'],
        ['2', 'a much longer name', 'end'],
      ],
      80,
    );
    const starts = lines.slice(1).map((line) => displayWidth(line.slice(0, line.indexOf('end'))));
    expect(new Set(starts).size).toBe(1);
  });

  it.each(['購物車與結帳系統與結帳系統', 'ร้านค้าออนไลน์ที่รักของเรา'])('cuts %s by columns, not by characters', (name) => {
    const [, line = ''] = table(COLUMNS, [['1', name, 'end']], 22);
    expect(displayWidth(line)).toBeLessThanOrEqual(22);
    expect(line).toMatch(/…\s+end$/);
  });
});

describe('what is left out where there is no room', () => {
  const columns = [
    { heading: 'id', flexible: false },
    { heading: 'mode', flexible: false, droppable: 2 },
    { heading: 'port', flexible: false, droppable: 1 },
    { heading: 'why', flexible: true, least: 10, droppable: 1 },
  ];
  const rows = [['1', 'fork', '3000', 'because of all that']];

  it.each([
    [40, 'id  mode  port  why'],
    [26, 'id  mode  port  why'],
    [25, 'id  port  why'],
    [20, 'id  port  why'],
    [19, 'id  port'],
    [7, 'id'],
  ])('at %i columns: the highest number first, and of equals the last', (width, heading) => {
    expect(table(columns, rows, width)[0]).toBe(heading);
  });

  it('cuts no column below what is of use', () => {
    expect(table(columns, rows, 20)[1]).toBe('1   3000  because o…');
  });
});
