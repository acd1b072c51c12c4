import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { saidBy } from './refusal.ts';
import { namesIn, said, web } from './an-app.ts';

describe('a name', () => {
  it.each(['ร้านค้า', 'متجر', '🛒 shop', 'it\'s a "shop"', 'a.b:c@1', 'All', '1a', 'x'.repeat(200), 'mono:api'])(
    'may be %s',
    (name) => {
      expect(namesIn({ apps: [web({ name })] })).toEqual([name]);
    },
  );

  it.each([
    ['', 'it is empty'],
    ['   ', 'it is empty'],
    ['all', '"all" means every service'],
    ['0', 'a number is the id of a service'],
    ['42', 'a number is the id of a service'],
    ['a/b', 'it has a slash in it'],
    ['../x', 'it has a slash in it'],
    ['a\\b', 'it has a slash in it'],
    ['/web.*/', '/…/ is a pattern over names'],
    ['/web/i', '/…/ is a pattern over names'],
    ['a\0b', 'it has a control character in it'],
    ['a\nb', 'it has a control character in it'],
    ['a\u001b[31mb', 'it has a control character in it'],
    ['--name', 'what begins with "-" is an option'],
    ['.hidden', 'it begins with a dot'],
    ['ä'.repeat(101), 'it is longer than 200 bytes'],
    ['\ud800', 'it is no whole text'],
  ])('%j is refused', (name, why) => {
    expect(said({ apps: [web({ name })] })).toContain(`: ${why}`);
  });

  it.each([
    ['app.js', {}, 'app'],
    ['./app.js', {}, 'app'],
    ['./dist/main.js', {}, 'main'],
    ['npm', {}, 'npm'],
    ['npm run dev', {}, 'npm'],
    ['my app.js', {}, 'my app'],
    ['./lib', {}, 'lib'],
    ['.', {}, 'project'],
    ['..', { cwd: 'lib' }, 'lib'],
    ['run.tar.sh', {}, 'run.tar'],
  ])('of an app that runs %s and has none is as people would call it', (script, more, name) => {
    const { request } = aWorkshop({
      'app.js': '',
      'dist/main.js': '',
      'my app.js': '',
      'lib/index.js': '',
      'index.js': '',
      'run.tar.sh': '',
    });
    expect(servicesOf([{ script, ...more }], request()).specs[0]?.name).toBe(name);
  });

  it('that nobody gave is refused by the same rules', () => {
    const { request } = aWorkshop({ '2024.js': '' });
    expect(saidBy(() => servicesOf([{ script: '2024.js' }], request()))).toBe(
      'ecosystem.config.js: app 1: name cannot be "2024": a number is the id of a service',
    );
  });

  it.each([
    [[web(), web()], '2 apps are named "web": give each a name of its own'],
    [
      [{ script: 'npm' }, { script: 'npm run x' }, { script: 'npm' }],
      '3 apps are named "npm": give each a name of its own',
    ],
  ])('of two apps is refused', (apps, text) => {
    expect(said({ apps })).toBe(`ecosystem.config.js: ${text}`);
  });

  it('may take the profile, and something before it', () => {
    const { request } = aWorkshop({ 'app.js': '' });
    const app = web({ append_env_to_name: true, name_prefix: 'x-', env_test: {} });
    expect(servicesOf([app], request({ profile: 'test' })).specs[0]?.name).toBe('x-web-test');
  });
});
