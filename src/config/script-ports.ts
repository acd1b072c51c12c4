import { toPort } from './port-number.ts';

/** Scripts that start no server: their flags mean something else. */
const NOT_A_SERVER =
  /^(?:pre|post)?(?:test|build|lint|format|type-?check|types|check|deploy|release|clean|prepare|install)(?:$|[^a-z])/;

/** The dev server of Vite, not one of the other tools of that name. */
const VITE = /(?:^|[\s"'/])vite(?=$|[\s"';&|])(?! (?:build|preview|optimize))/;

/** Where each tool listens when it is told nothing. */
const TOOL_DEFAULTS: readonly (readonly [RegExp, number])[] = [
  [/\bvite preview\b/, 4173],
  [VITE, 5173],
  [/\bnext (?:dev|start)\b/, 3000],
  [/\bnuxi? (?:dev|start)\b|\bnuxt\b(?! build| generate)/, 3000],
  [/\breact-scripts start\b/, 3000],
  [/\bremix(?:-serve| vite:dev| dev)/, 3000],
  [/\bng serve\b/, 4200],
  [/\bastro (?:dev|preview|start)\b/, 4321],
  [/\bvue-cli-service serve\b/, 8080],
  [/\bwebpack(?:-dev-server| serve)\b/, 8080],
  [/\bgatsby develop\b/, 8000],
  [/\b(?:start-storybook|storybook dev)\b/, 6006],
  [/\bparcel(?: serve| [^ ]*\.html)/, 1234],
  [/\bstrapi (?:develop|start)\b/, 1337],
  [/\bdocusaurus start\b/, 3000],
  [/\bexpo start\b/, 8081],
];

const EXPLICIT = /(?:^|[\s"'])(?:(?:-p|--port)[ =]|-p(?=\d)|PORT=)["']?(\d{1,5})["']?(?=$|[\s;&|])/g;

/** A port and what named it. */
export interface NamedPort {
  readonly port: number;
  readonly source: string;
}

const portsOfScript = (
  name: string,
  script: string,
  configured: (tool: string) => number | null,
): readonly NamedPort[] => {
  const explicit = [...script.matchAll(EXPLICIT)].flatMap((match) => toPort(match[1]) ?? []);
  const source = `package.json script "${name}"`;
  if (explicit.length > 0) return explicit.map((port) => ({ port, source }));
  const [pattern, standard] = TOOL_DEFAULTS.find(([tool]) => tool.test(script)) ?? [];
  if (pattern === undefined || standard === undefined) return [];
  return [{ port: (VITE.test(script) ? configured('vite') : null) ?? standard, source }];
};

/** The ports that package scripts name, or whose tool has a default. `configured` reads a tool's own configuration. */
export const scriptPorts = (
  scripts: Readonly<Record<string, unknown>>,
  configured: (tool: string) => number | null,
): readonly NamedPort[] =>
  Object.entries(scripts).flatMap(([name, script]) =>
    typeof script === 'string' && !NOT_A_SERVER.test(name) ? portsOfScript(name, script, configured) : [],
  );
