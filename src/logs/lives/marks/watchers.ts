import type { MarkRule } from './mark-rule.ts';

/** air, whose lines are common words. */
const AIR: readonly MarkRule[] = [
  { kind: 'note', needle: ', built with Go go', pattern: /v\d+\.\d+\.\d+, built with Go go\d/ },
  { kind: 'start', needle: 'running...', pattern: /^running\.\.\.$/, needs: 'air' },
  { kind: 'edit', needle: ' has changed', pattern: /^(?<path>\S.*) has changed$/, needs: 'air' },
  { kind: 'end', needle: 'exit status ', pattern: /^exit status (?<code>\d+)$/, needs: 'air' },
  { kind: 'end', needle: 'Process Exit', pattern: /^Process Exit with Code:? (?<code>\d+)$/, needs: 'air' },
].map((rule) => ({ runner: 'air', ...rule }) as MarkRule);

/** Programs that start again when a file changed. */
export const WATCHERS: readonly MarkRule[] = [
  ...AIR,
  {
    runner: 'nodemon',
    kind: 'start',
    needle: '[nodemon] starting',
    pattern: /\[nodemon\] starting `/,
    endsFirst: true,
  },
  {
    runner: 'nodemon',
    kind: 'note',
    needle: '[nodemon] to restart',
    pattern: /\[nodemon\] to restart at any time/,
    anew: true,
  },
  { runner: 'nodemon', kind: 'edit', needle: '[nodemon] restarting', pattern: /\[nodemon\] restarting due to changes/ },
  {
    runner: 'nodemon',
    kind: 'edit',
    needle: '[nodemon] files trig',
    pattern: /\[nodemon\] files triggering change check: (?<path>.+)/,
  },
  {
    runner: 'nodemon',
    kind: 'wait',
    needle: '[nodemon] app crashed',
    pattern: /app crashed - waiting for file changes/,
  },
  { runner: 'nodemon', kind: 'wait', needle: '[nodemon] clean exit', pattern: /clean exit - waiting/, weak: true },
  { runner: 'nodemon', kind: 'end', needle: '[nodemon] app crashed', pattern: /\[nodemon\] app crashed/ },
  {
    runner: 'node-watch',
    kind: 'start',
    needle: 'Restarting',
    pattern: /^Restarting '.+'/,
    silentFirst: true,
    edit: true,
  },
  { runner: 'node-watch', kind: 'edit', needle: 'Change detected in', pattern: /^Change detected in '(?<path>.+)'/ },
  { runner: 'node-watch', kind: 'wait', needle: 'Failed running', pattern: /^Failed running '.+'/ },
  { runner: 'node-watch', kind: 'wait', needle: 'Completed running', pattern: /^Completed running '.+'/, weak: true },
  {
    runner: 'tsx',
    kind: 'start',
    needle: '[tsx] ',
    pattern: /\[tsx\] \S+ in (?<path>.+?) (?:Restarting|Rerunning)\.\.\./,
    silentFirst: true,
    edit: true,
  },
  {
    runner: 'ts-node-dev',
    kind: 'start',
    needle: 'has been modified',
    pattern: /Restarting: (?<path>.+) has been modified/,
    silentFirst: true,
    edit: true,
  },
  {
    runner: 'deno',
    kind: 'start',
    needle: 'File change detected!',
    pattern: /Watcher File change detected! Restarting!/,
    silentFirst: true,
    edit: true,
  },
  {
    runner: 'next',
    kind: 'edit',
    needle: 'Restarting the server',
    pattern: /Found a change in (?<path>\S+)\. Restarting the server/,
  },
  {
    runner: 'uvicorn',
    kind: 'edit',
    needle: 'Reloading...',
    pattern: /(?:StatReload|WatchFiles|WatchGodReload) detected (?:file )?changes? in '?(?<path>.+?)'?\. Reloading/,
  },
  {
    runner: 'flask',
    kind: 'start',
    needle: ', reloading',
    pattern: /Detected (?:a )?change in '(?<path>.+)', reloading/,
    silentFirst: true,
    edit: true,
  },
  {
    runner: 'django',
    kind: 'start',
    needle: ' changed, reloading.',
    pattern: /^(?<path>\S+) changed, reloading\./,
    silentFirst: true,
    edit: true,
  },
];
