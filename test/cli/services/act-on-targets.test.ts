import { describe, expect, it } from 'vitest';
import { isFile, targetsOf } from '../../../src/cli/services/act-on-targets.ts';

describe('words that name services', () => {
  it.each([
    ['ecosystem.config.js', true],
    ['conf/shop.config.cjs', true],
    ['/srv/apps.json', true],
    ['apps.yaml', true],
    ['ecosystem.ts', true],
    ['api', false],
    ['0', false],
    ['all', false],
    ['server.js', false],
    ['/^api/', false],
    ['/a.json/', false],
    ['/\\.config\\.js/i', false],
  ])('%s is a configuration file: %s', (word, expected) => {
    expect(isFile(word)).toBe(expected);
  });

  it('are handed on as they are, but files by their absolute path', () => {
    expect(targetsOf(['api', '../apps.json', '/^w/', '/srv/a.yml'], '/home/ada/shop')).toEqual([
      'api',
      '/home/ada/apps.json',
      '/^w/',
      '/srv/a.yml',
    ]);
  });
});
