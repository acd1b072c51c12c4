/** A value with one thing in it changed. */
export interface Mutant {
  /** What was changed, and where. */
  readonly change: string;
  readonly value: unknown;
}

/** Free maps of names to texts, which may gain a text, and fields that may be absent. */
const FREE_MAPS: ReadonlySet<string> = new Set(['environment', 'detail', 'env']);
const OPTIONAL: ReadonlySet<string> = new Set(['because']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Rebuild = (part: unknown) => unknown;

const inField = (record: Record<string, unknown>, key: string, path: string, rebuild: Rebuild): Mutant[] => {
  const { [key]: part, ...rest } = record;
  const here = `${path}.${key}`;
  const free = FREE_MAPS.has(path.replace(/^.*\./, ''));
  return [
    ...(free || OPTIONAL.has(key) ? [] : [{ change: `${here} removed`, value: rebuild(rest) }]),
    ...mutantsAt(part, here, (changed) => rebuild({ ...rest, [key]: changed })),
  ];
};

const mutantsAt = (value: unknown, path: string, rebuild: Rebuild): Mutant[] => {
  const retyped = { change: `${path} of another type`, value: rebuild([{ unknown: true }]) };
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return items.flatMap((item, index) =>
      mutantsAt(item, `${path}[${index}]`, (changed) => rebuild(items.with(index, changed))),
    );
  }
  if (!isRecord(value)) return [retyped];
  const added = { change: `${path}.unknown added`, value: rebuild({ ...value, unknown: 1 }) };
  return [retyped, added, ...Object.keys(value).flatMap((key) => inField(value, key, path, rebuild))];
};

/** Every way to remove one field, add one, or give one another type. A schema worth having refuses all of them. */
export const mutantsOf = (value: unknown): readonly Mutant[] => mutantsAt(value, '$', (changed) => changed);
