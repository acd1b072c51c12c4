import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../helpers/paths.ts';
import { readPages } from './support/pages.ts';

interface Rule {
  readonly name: string;
  readonly to: { readonly pathNot?: string | readonly string[] };
}

const pages = readPages();
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: readonly Rule[] };

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

const headingAnchors = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  );

const linksOf = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to).filter((to) => !/^[a-z]+:/.test(to));

const isBroken = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !headingAnchors(pages.get(target) ?? '').includes(anchor);
};

describe.each([...pages])('%s', (page, text) => {
  test('points only to what exists', () => {
    expect(linksOf(text).filter((link) => isBroken(page, link))).toEqual([]);
  });

  test('starts with its title and has no other', () => {
    expect(text).toMatch(/^# \S/);
    expect(withoutCode(text).match(/^# /gm)).toHaveLength(1);
  });
});

/** The law as the cruiser enforces it: what each room may import besides itself. */
const enforced = (): readonly string[] =>
  forbidden.flatMap(({ name, to }) => {
    const room = /^(.+)-stays-in-its-room$/.exec(name)?.[1];
    if (room === undefined) return [];
    const allowed = [to.pathNot ?? []].flat().map((path) => /^\^src\/(.+?)\(/.exec(path)?.[1] ?? path);
    return [`${room}: ${allowed.filter((other) => other !== room).join(', ')}`];
  });

/** The law as the page tells it: rows of a table whose first cell names a room. */
const written = (): readonly string[] =>
  [...(pages.get('docs/architecture.md') ?? '').matchAll(/^\| `([\w/-]+)`\s*\|([^|]*)\|/gm)].map(
    ([, room, allowed = '']) => `${room}: ${[...allowed.matchAll(/`([\w/-]+)`/g)].map(([, name]) => name).join(', ')}`,
  );

/** The modules of Node that the readers of logs may import, as the cruiser enforces it. */
const enforcedForLogs = (): readonly string[] => {
  const rule = forbidden.find(({ name }) => name === 'logs-opens-nothing');
  return (/\(\?:([a-z|]+)\)\$$/.exec([rule?.to.pathNot ?? []].flat()[0] ?? '')?.[1] ?? '').split('|');
};

test('what logs may import of Node is told as it is enforced', () => {
  const [, line = ''] = /^- `logs` imports of Node only ([^:]+):/m.exec(pages.get('docs/architecture.md') ?? '') ?? [];
  expect(enforcedForLogs().length).toBeGreaterThan(1);
  expect([...line.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(enforcedForLogs());
});

test('the law in docs/architecture.md is the one that is enforced', () => {
  expect(enforced().length).toBeGreaterThan(5);
  expect(written().toSorted()).toEqual(enforced().toSorted());
});
