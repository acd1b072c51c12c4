import { describe, expect, it } from 'vitest';
import type { LoopFinding } from '../../src/model/finding.ts';
import { colorPaint } from '../../src/report/color-paint.ts';
import { loopFindingLines } from '../../src/report/loop-finding-lines.ts';
import { PLAIN_PAINT } from '../../src/report/look.ts';
import { prettyFinding } from '../../src/report/pretty-finding.ts';
import { running } from '../helpers/a-process.ts';
import { aCause, aLine, DOUBT, loopOf } from '../helpers/a-service-log.ts';
import { anOccupancy, heldBy } from '../helpers/a-snapshot.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

const holder = running('node vite.js', { pid: 977 });
const onHeldPort = (): LoopFinding =>
  loopOf({}, { logPorts: [anOccupancy({ sockets: [heldBy([holder])] })], processes: [holder] });

const pretty = (finding: LoopFinding, width = 80): string => prettyFinding(finding, plainLook(width), PLAIN_PAINT);
const lines = (finding: LoopFinding, width = 80): readonly string[] =>
  loopFindingLines(finding, plainLook(width), PLAIN_PAINT);

describe('what is told of a loop', () => {
  it('goes from what over the line and why to what to type', () => {
    expect(pretty(onHeldPort(), 100)).toBe(
      [
        '✖ web restarts again and again: 14 times in 2 min, always EADDRINUSE on port 3000, held by 977 node',
        '  vite.js',
        '    logs/web-error.log:12',
        '      Error: listen EADDRINUSE: address already in use 127.0.0.1:3000',
        '    because  port 3000 is held now by 977 node vite.js',
        '    do       Free port 3000, or choose another for one of the two.',
        '    fix      devdoctor fix --port 3000',
        '    do       Read what else may be behind it in web.',
        '    fix      devdoctor explain EADDRINUSE',
      ].join('\n'),
    );
  });

  it('shows two lines of the log at most, the first of them', () => {
    const evidence = ['one', 'two', 'three', 'four', 'five'].map((text, index) => aLine({ text, line: index + 1 }));
    const told = lines(loopOf({ evidence })).join('\n');
    expect(told).toContain('two');
    expect(told).not.toContain('three');
  });

  it('names only the file where its lines were not counted', () => {
    expect(lines(loopOf({ evidence: [aLine({ line: null })] }))[0]).toBe('    logs/web-error.log');
  });

  it('says the home in short', () => {
    const file = '/home/ada/shop/logs/a.log';
    expect(lines(loopOf({ evidence: [aLine({ file })] }))[0]).toBe('    ~/shop/logs/a.log:12');
  });

  it('tells the place to open as a reason', () => {
    const told = lines(loopOf({ location: { path: 'src/db.ts', line: 4, column: null } }));
    expect(told).toContain('    because  look at src/db.ts:4');
  });

  it('marks a doubt as no error, and says what to watch', () => {
    const told = pretty(loopOf({ restartLoop: false, ambiguous: DOUBT }));
    expect(told).toMatch(/^ℹ web restarted /);
    expect(told).toContain('do       Run devdoctor check --watch for a minute.');
  });
});

const HOSTILE = '\u001B[31m\u001B]0;mine\u0007\r\nsecond\u202E\u009B2J โบ๊ท 数据';
const LONG = `/srv/${'a-very-long-folder/'.repeat(20)}server.js`;

const hostile = (text: string): LoopFinding =>
  loopOf({
    service: `web ${text}`,
    files: [text],
    rootCause: aCause({ code: 'MODULE_NOT_FOUND', detail: { module: text } }),
    words: { title: text, remedy: [`Install ${text} again.`], wrongRemedies: [text], watch: text },
    evidence: [aLine({ file: text, text }), aLine({ file: text, text: `second ${text}`, line: null })],
    location: { path: text, line: 4, column: 2 },
  });

describe.each([40, 41, 60, 80, 120, 200])('in %i columns', (width) => {
  it.each([
    ['a common loop', onHeldPort()],
    ['a doubt', loopOf({ ambiguous: DOUBT })],
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
