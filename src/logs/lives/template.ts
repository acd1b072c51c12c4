/** Longer texts differ in data, not in kind. */
const TEMPLATE_CHARACTERS = 160;

const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/"(?:[^"\\]|\\.){24,}"|'(?:[^'\\]|\\.){24,}'/g, '<text>'],
  [/(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}/g, '<path>'],
  [/\b0x[0-9a-f]+\b|\b[0-9a-f]{12,64}\b/gi, '<hex>'],
  [/\d+/g, '#'],
];

const BANNERS: readonly (readonly [RegExp, string])[] = [[/inject(?:ed|ing) env \(\d+\) from/, '<dotenv banner>']];

/** A line without what changes from one time to the next: identifiers, paths, numbers, long quotes. */
export const templateOf = (body: string): string => {
  const banner = BANNERS.find(([pattern]) => pattern.test(body));
  if (banner !== undefined) return banner[1];
  let text = body.slice(0, TEMPLATE_CHARACTERS);
  for (const [pattern, sign] of CHANGING) text = text.replace(pattern, sign);
  return text.trim();
};

/** Counts by key, of which only the latest used are kept. */
export interface RecentCounts {
  readonly add: (key: string) => number;
  readonly get: (key: string) => number;
}

export const recentCounts = (limit: number): RecentCounts => {
  const counts = new Map<string, number>();
  return {
    add: (key) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.delete(key);
      counts.set(key, count);
      if (counts.size > limit) for (const oldest of counts.keys()) return counts.delete(oldest) ? count : count;
      return count;
    },
    get: (key) => counts.get(key) ?? 0,
  };
};
