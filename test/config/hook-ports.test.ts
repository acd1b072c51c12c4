import { describe, expect, it } from 'vitest';
import { hookPorts } from '../../src/config/hook-ports.ts';

const script = (name: string, port: number) => ({ port, source: `package.json script "${name}"` });
const env = (port: number) => ({ port, source: '.env PORT' });

describe('the ports a hook frees', () => {
  it.each([
    [
      'only the defaults',
      [
        { port: 3000, source: 'default' },
        { port: 5000, source: 'default' },
      ],
      '',
      [3000],
    ],
    ['none', [], '', [3000]],
    ['one of the environment', [env(4000)], '', [4000]],
    ['its own and not that of another script', [script('dev', 5173), script('preview', 4173)], '', [5173]],
    ['its own and that of its hook', [script('predev', 4000), script('dev', 5173)], '', [4000, 5173]],
    ['those of its parts', [script('dev:web', 5173), script('dev:api', 4000), script('start', 1)], '', [5173, 4000]],
    ['those of the scripts it runs', [script('web', 5173), script('api', 4000)], 'concurrently "npm:web" x', [5173]],
    ['those of other scripts where there are no others', [script('serve', 5173)], 'node run.js', [5173]],
    ['those of the project and its own', [env(4000), script('dev', 5173), script('start', 1)], '', [4000, 5173]],
    ['each once', [env(4000), script('dev', 4000)], '', [4000]],
  ])('%s', (_, named, command, ports) => {
    expect(hookPorts(named, 'dev', command)).toEqual(ports);
  });
});
