/** A log's name without what rotation put to it, and how old the part is. */
export interface RotatedName {
  readonly stream: string;
  /** The larger the older; the live file is 0. */
  readonly age: number;
}

const COMPRESSED = /\.(?:gz|gzip)$/i;
const NUMBERED = /^(.+?)\.(\d{1,4})$/;
/** `app.log-20261122`, `app.log.2026-11-22`, `app__2026-11-22_00-00-00.log`, `app-2026-11-22.log`. */
const DATED =
  /^(.+?)(?:__|[-._])(\d{4}-?\d{2}-?\d{2})(?:[T_-](\d{2}-?\d{2}(?:-?\d{2})?))?(?:\.(\d{1,4}))?(\.[a-z]{2,4})?$/i;

/** Dates count downwards so that an older date is a larger age. Larger than any rotation number. */
const DATE_BASE = 1e15;

const dated = (name: string): RotatedName | null => {
  const match = DATED.exec(name);
  if (match === null) return null;
  const [, base = '', day = '', time = '', number = '', extension = ''] = match;
  const digits = `${day}${time}`.replaceAll(/\D/g, '').padEnd(14, '0');
  return { stream: `${base}${extension}`, age: DATE_BASE - Number(digits) + Number(number === '' ? 0 : number) / 1e4 };
};

/** Reads the rotation out of a file's name. The folder stays part of the stream. */
export const rotatedName = (name: string): RotatedName => {
  const bare = name.replace(COMPRESSED, '');
  const numbered = NUMBERED.exec(bare);
  if (numbered !== null) return { stream: numbered[1] ?? bare, age: Number(numbered[2]) };
  return dated(bare) ?? { stream: bare, age: 0 };
};

/**
 * Groups sources into streams, each oldest first. A stream that a source names itself is kept in the order given; dated
 * files without a live sibling are still one stream.
 */
export const groupStreams = <T extends { readonly name: string; readonly stream?: string }>(
  sources: readonly T[],
): readonly { readonly stream: string; readonly sources: readonly T[] }[] => {
  const groups = new Map<string, { readonly source: T; readonly age: number; readonly order: number }[]>();
  for (const [order, source] of sources.entries()) {
    const { stream, age } = source.stream === undefined ? rotatedName(source.name) : { stream: source.stream, age: 0 };
    const group = groups.get(stream) ?? [];
    group.push({ source, age, order });
    groups.set(stream, group);
  }
  return [...groups].map(([stream, parts]) => ({
    stream,
    sources: parts.sort((a, b) => b.age - a.age || a.order - b.order).map(({ source }) => source),
  }));
};
