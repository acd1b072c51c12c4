import { describe, expect, it } from 'vitest';
import { colorPaint } from '../../src/report/color-paint.ts';
import type { Look } from '../../src/report/look.ts';
import { prettyCheck } from '../../src/report/pretty-check.ts';
import { prettyFix } from '../../src/report/pretty-fix.ts';
import { prettyHistory } from '../../src/report/pretty-history.ts';
import { prettyPorts } from '../../src/report/pretty-ports.ts';
import { prettyWhy } from '../../src/report/pretty-why.ts';
import { SNAPSHOTS } from '../helpers/a-snapshot.ts';
import { checkOf, fixOf, historyOf, OBEYED, plainLook, portsOf, tooWide, whyOf } from './lines-that-fit.ts';

type Host = (typeof SNAPSHOTS)[number];

const REPORTS: Readonly<Record<string, (name: Host, look: Look) => Promise<string> | string>> = {
  check: (name, look) => prettyCheck(checkOf(name), look),
  'fix --dry-run': (name, look) => prettyFix(fixOf(name, true), look, false),
  fix: (name, look) => prettyFix(fixOf(name, false), look, false),
  why: async (name, look) => (await whyOf(name)).map((result) => prettyWhy(result, look)).join('\n'),
  ports: (name, look) => prettyPorts(portsOf(name), look),
  history: (name, look) =>
    prettyHistory({ schemaVersion: 1, command: 'history', entries: historyOf(name), unreadableLines: 12 }, look),
};

const CASES = Object.entries(REPORTS).flatMap(([command, report]) =>
  SNAPSHOTS.map((name) => [command, name, report] as const),
);

// Colours are the one thing of ours that a terminal obeys.
const OUR_COLOURS = new RegExp(`${String.fromCodePoint(27)}\\[\\d+m`, 'g');

describe.each(CASES)('%s on the host %s', (_, name, report) => {
  it.each([80, 40])('fits into %i columns, but for commands to copy', async (width) => {
    const text = await report(name, plainLook(width));
    expect(text.length).toBeGreaterThan(0);
    expect(tooWide(text, width)).toEqual([]);
  });

  it('is plain where it is to be plain, whatever the names hold', async () => {
    expect(await report(name, plainLook(80))).not.toMatch(OBEYED);
  });

  it('says the same with colours as without', async () => {
    const coloured = await report(name, { ...plainLook(80), paint: colorPaint() });
    expect(coloured.replaceAll(OUR_COLOURS, '')).toBe(await report(name, plainLook(80)));
  });

  it('ends in one newline, and has no line that ends in a space', async () => {
    const text = await report(name, plainLook(80));
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.split('\n').filter((line) => line.endsWith(' '))).toEqual([]);
  });
});
