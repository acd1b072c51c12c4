import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Place } from './place.ts';
import { folderOf, resolvePath } from './resolve-path.ts';

/** Reads a file as text; `null` when it cannot be read. */
export type ReadText = (path: string) => string | null;

const MAPPED_FILES = /\.[cm]?js$/;
const MAPPING_URL = /\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
const INLINE = /^data:application\/json[^,]*?(;base64)?,(.*)$/s;
const SCHEME = /^(?:file:\/\/|webpack:\/\/[^/]*\/)/;

/** Further right than any column, so that the last mapping of a line is found. */
const LINE_END = 1_000_000;

interface FoundMap {
  readonly text: string;
  /** The folder its sources are relative to. */
  readonly folder: string;
}

/** The text of a map inside the file; `null` where it is no valid URL. */
const decodeText = (data: string): string | null => {
  try {
    return decodeURIComponent(data);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
};

const inline = (url: string, folder: string): FoundMap | null => {
  const [, base64, data] = INLINE.exec(url) ?? [];
  if (data === undefined) return null;
  const text = base64 === undefined ? decodeText(data) : Buffer.from(data, 'base64').toString('utf8');
  return text === null ? null : { text, folder };
};

const findMap = (path: string, readText: ReadText): FoundMap | null => {
  const folder = folderOf(path);
  const url = [...(readText(path) ?? '').matchAll(MAPPING_URL)].at(-1)?.[1];
  if (url?.startsWith('data:') === true) return inline(url, folder);
  const mapPath = url === undefined ? `${path}.map` : resolvePath(folder, url);
  const text = readText(mapPath) ?? readText(`${path}.map`);
  return text === null ? null : { text, folder: folderOf(mapPath) };
};

/** A map that is torn or no map leads nowhere; the generated place is still worth opening. */
const parseMap = (text: string): SourceMap | null => {
  try {
    return new SourceMap(JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, '')) as SourceMapPayload);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
};

const entryOf = (map: SourceMap, { line, column }: Place): { source: string; line: number; column: number } | null => {
  const columns = column === null ? [0, LINE_END] : [column - 1];
  for (const at of columns) {
    const entry = map.findEntry(line - 1, at);
    if (!('originalSource' in entry) || entry.generatedLine !== line - 1) continue;
    return { source: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
  return null;
};

/**
 * The place in the source that a place in generated code was made from, by the source map inside or beside the
 * file. `null` when there is none, or it says nothing about the line.
 */
export const mapPlace = (place: Place, readText: ReadText): Place | null => {
  if (!MAPPED_FILES.test(place.path)) return null;
  const found = findMap(place.path, readText);
  const map = found === null ? null : parseMap(found.text);
  if (found === null || map === null) return null;
  const entry = entryOf(map, place);
  if (entry === null) return null;
  const root = map.payload.sourceRoot ?? '';
  const source = entry.source.startsWith(root)
    ? entry.source
    : `${root.replace(/\/?$/, root === '' ? '' : '/')}${entry.source}`;
  return { path: resolvePath(found.folder, source.replace(SCHEME, '')), line: entry.line, column: entry.column };
};
