import { journalEntry } from './json-line.ts';
import type { Unwrapped } from './unwrapped.ts';

const FIELD = /^(_{0,2}[A-Z][A-Z0-9_]{0,63})=(.*)$/s;
const BINARY_FIELD = /^(_{0,2}[A-Z][A-Z0-9_]{0,63})$/;
/** The length before a binary field's bytes. */
const LENGTH_CHARACTERS = 8;
const MESSAGE_LIMIT = 8192;

/** Reads `journalctl -o export`: blocks of KEY=VALUE, ended by an empty line. */
export interface JournalExportReader {
  /** Takes one raw line; gives an entry when a block has ended. */
  readonly push: (raw: string) => Unwrapped | null;
  readonly end: () => Unwrapped | null;
}

export const journalExportReader = (): JournalExportReader => {
  let fields: Record<string, string> = {};
  /** The binary field whose bytes are being read, and whether its length was taken off. */
  let open: { readonly key: string; begun: boolean } | null = null;

  const take = (): Unwrapped | null => {
    const entry = fields['MESSAGE'] === undefined ? null : journalEntry(fields);
    fields = {};
    open = null;
    return entry;
  };

  const takeBytes = (key: string, begun: boolean, raw: string): void => {
    const text = begun ? `${fields[key] ?? ''}\n${raw}` : raw.slice(LENGTH_CHARACTERS);
    fields[key] = text.slice(0, MESSAGE_LIMIT);
  };

  return {
    push: (raw) => {
      if (open !== null && !open.begun) {
        takeBytes(open.key, false, raw);
        open.begun = true;
        return null;
      }
      const field = FIELD.exec(raw);
      if (field !== null) {
        open = null;
        fields[field[1] ?? ''] = (field[2] ?? '').slice(0, MESSAGE_LIMIT);
        return null;
      }
      if (raw === '') return take();
      if (open !== null) takeBytes(open.key, true, raw);
      else if (BINARY_FIELD.test(raw)) open = { key: raw, begun: false };
      return null;
    },
    end: take,
  };
};

export const isJournalExport = (line: string): boolean => line.startsWith('__CURSOR=');
