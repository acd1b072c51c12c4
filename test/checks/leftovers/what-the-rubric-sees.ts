import { RUBRIC } from '../../../src/checks/leftovers/rubric.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { running } from '../../helpers/a-process.ts';
import { BASH, viewOfSituation, type Said } from './a-situation.ts';

/** What the rubric sees in a situation, by the ids of its items. */
export const seen = (said: Said): Readonly<Record<string, string>> => {
  const view = viewOfSituation(said);
  return Object.fromEntries(
    RUBRIC.flatMap(({ id, seen: look }) => {
      const text = look(view);
      return text === null ? [] : [[id, text]];
    }),
  );
};

/** The ids of the items that apply. */
export const idsOf = (said: Said): readonly string[] => Object.keys(seen(said));

/** Does one item apply? */
export const on = (id: string, said: Said): boolean => id in seen(said);

/** Below a shell that a person types into: nothing speaks for or against it. */
export const WANTED: Said = { parent: BASH };
/** Below systemd: that alone, and nothing else. */
export const ADOPTED: Said = {};

/** What a script of package.json leaves to all it starts. */
export const SCRIPT = { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'vite --host' };
/** A helper that is spoken to over standard input. */
export const MCP: ProcessInfo = running('node /home/dev/tools/node_modules/mcp-files/index.js');
