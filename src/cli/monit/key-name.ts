/** A key as `node:readline` reports it. */
export interface RawKey {
  readonly name?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

const NAMED: ReadonlySet<string> = new Set([
  'up',
  'down',
  'left',
  'right',
  'tab',
  'return',
  'backspace',
  'escape',
  'pageup',
  'pagedown',
  'home',
  'end',
]);

const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** One word for a key: its name, `ctrl-c`, or the character it types; `null` for what means nothing here. */
export const keyName = (
  typed: string | undefined,
  { name = '', ctrl = false, meta = false }: RawKey,
): string | null => {
  if (name === 'escape') return 'escape';
  if (meta) return null;
  if (ctrl) return `ctrl-${name}`;
  if (name === 'enter') return 'return';
  if (NAMED.has(name)) return name;
  return typed !== undefined && Array.from(typed).length === 1 && !UNPRINTABLE.test(typed) ? typed : null;
};
