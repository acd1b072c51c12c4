import { describe, expect, it } from 'vitest';
import { scriptPorts } from '../../src/config/script-ports.ts';

const portsOf = (script: unknown, name = 'dev', configured: number | null = null): readonly number[] =>
  scriptPorts({ [name]: script }, () => configured).map(({ port }) => port);

describe('a port that a script names', () => {
  it.each([
    ['next dev -p 3100', [3100]],
    ['next dev -p3100', [3100]],
    ['next dev --port 3100', [3100]],
    ['vite --port=5180', [5180]],
    ['vite --port="5180"', [5180]],
    ["vite --port '5180'", [5180]],
    ['PORT=4000 node server.js', [4000]],
    ['cross-env NODE_ENV=test PORT=4000 node server.js', [4000]],
    ['set PORT=4000&& react-scripts start', [4000]],
    ['export PORT=4000; node server.js', [4000]],
    ['vite --port 5180 & node api.js --port 4100', [5180, 4100]],
    ['concurrently "vite --port 5180" "node api.js --port 4100"', [5180, 4100]],
    ['devdoctor fix --port 3000 --yes', [3000]],
  ])('%s: %j', (script, ports) => {
    expect(portsOf(script)).toEqual(ports);
  });

  it.each([
    'concurrently "PORT=4001 node a.js" "PORT=4002 node b.js"',
    "concurrently 'PORT=4001 node a.js' 'PORT=4002 node b.js'",
  ])('may stand right behind a quotation mark: %s', (script) => {
    expect(portsOf(script)).toEqual([4001, 4002]);
  });

  it.each([
    'node server.js',
    'node server.js --port',
    'node server.js --port=$PORT',
    'node server.js --port 99999',
    'node server.js --ports 3000',
    'node server.js --no-port 3000',
    'SUPPORT=4000 node server.js',
    'node server.js -p 3000:80',
    'tsc -p tsconfig.json --watch',
  ])('is none in %s', (script) => {
    expect(portsOf(script)).toEqual([]);
  });
});

describe('the port of a tool that is told nothing', () => {
  it.each([
    ['vite', 5173],
    ['vite --host', 5173],
    ['vite dev', 5173],
    ['vite preview', 4173],
    ['next dev', 3000],
    ['next start', 3000],
    ['nuxt', 3000],
    ['nuxi dev', 3000],
    ['nuxt dev', 3000],
    ['react-scripts start', 3000],
    ['remix dev', 3000],
    ['ng serve', 4200],
    ['astro dev', 4321],
    ['vue-cli-service serve', 8080],
    ['webpack serve --mode development', 8080],
    ['webpack-dev-server', 8080],
    ['gatsby develop', 8000],
    ['storybook dev', 6006],
    ['start-storybook', 6006],
    ['parcel index.html', 1234],
    ['parcel src/index.html', 1234],
    ['strapi develop', 1337],
    ['docusaurus start', 3000],
    ['expo start', 8081],
    ['NODE_ENV=development npx next dev --turbo', 3000],
  ])('%s: %i', (script, port) => {
    expect(portsOf(script)).toEqual([port]);
  });

  it.each([
    'vite build',
    'next build',
    'nuxt build',
    'nuxt generate',
    'webpack --watch',
    'astro check',
    'vitest',
    'parcel build index.html',
  ])('is none for %s, which serves nothing', (script) => {
    expect(portsOf(script)).toEqual([]);
  });

  it('is none for vite-node, which runs any program', () => {
    expect(portsOf('vite-node src/worker.ts')).toEqual([]);
  });

  it('is what its own configuration says, unless the script says another', () => {
    expect(portsOf('vite', 'dev', 5199)).toEqual([5199]);
    expect(portsOf('vite --port 5180', 'dev', 5199)).toEqual([5180]);
    expect(portsOf('next dev', 'dev', 5199)).toEqual([3000]);
  });

  it('is for vite preview not the port of its dev server', () => {
    expect(portsOf('vite preview', 'preview', 5199)).toEqual([4173]);
  });
});

describe('scripts that start no server', () => {
  it.each([
    'test',
    'test:e2e',
    'pretest',
    'posttest',
    'build',
    'build:watch',
    'lint',
    'format',
    'typecheck',
    'deploy',
    'prepare',
    'postinstall',
  ])('%s is not looked into', (name) => {
    expect(portsOf('vite --port 5180', name)).toEqual([]);
  });

  it.each(['dev', 'start', 'serve', 'preview', 'predev', 'prestart', 'server:test', 'api', 'checkout', 'building-api'])(
    '%s is none of them',
    (name) => {
      expect(portsOf('vite --port 5180', name)).toEqual([5180]);
    },
  );

  it.each([null, 7, ['vite'], { run: 'vite' }, ''])('a script that is %j names nothing', (script) => {
    expect(portsOf(script)).toEqual([]);
  });
});

it('every port carries the script that named it', () => {
  expect(scriptPorts({ dev: 'vite', api: 'node api.js --port 4100' }, () => null)).toEqual([
    { port: 5173, source: 'package.json script "dev"' },
    { port: 4100, source: 'package.json script "api"' },
  ]);
});
