import { describe, expect, it } from 'vitest';
import { namesIn, said, web } from './an-app.ts';

describe('a configuration', () => {
  it.each([
    ['{ apps: list }', { apps: [web(), web({ name: 'b' })] }, ['web', 'b']],
    ['{ apps: one }', { apps: web() }, ['web']],
    ['{ pm2: list }', { pm2: [web()] }, ['web']],
    ['{ pm2: one }', { pm2: web() }, ['web']],
    ['a list', [web(), web({ name: 'b' })], ['web', 'b']],
    ['one app', web(), ['web']],
    ['one app beside deploy', { ...web(), deploy: {}, doctor: { ports: [1] } }, ['web']],
    [
      'apps beside what belongs there',
      { apps: [web()], deploy: {}, doctor: {}, $schema: 'x', 'x-a': 1, '//': 'c' },
      ['web'],
    ],
    ['an app with comments', { apps: [{ ...web(), '//': 'c', 'x-owner': 'me' }] }, ['web']],
  ])('may be %s', (_, value, names) => {
    expect(namesIn(value)).toEqual(names);
  });

  it.each([
    ['null', null, 'it has no apps: it must hold an object, and holds null'],
    ['nothing', undefined, 'it has no apps: it must hold an object, and holds null'],
    ['a text', 'apps', 'it has no apps: it must hold an object, and holds "apps"'],
    ['an empty object', {}, 'it has no apps'],
    ['only deploy', { deploy: {} }, 'it has no apps'],
    ['an empty list', [], 'it has no apps: the file is an empty list'],
    ['no apps', { apps: [] }, 'it has no apps: apps is an empty list'],
    ['apps that are null', { apps: null }, 'apps must be a list of apps: apps: [{ name, script }]; apps is null'],
    ['apps that are a text', { apps: 'web' }, 'apps must be a list of apps: apps: [{ name, script }]; apps is "web"'],
    [
      'apps by name',
      { apps: { web: web(), api: web() } },
      'apps must be a list of apps: apps: [{ name, script }]; here they are an object, by their names',
    ],
    ['apps in apps', { apps: { apps: [web()] } }, 'apps holds another "apps"; take one of the two away'],
    ['an app that is a text', { apps: [web(), 'app.js'] }, 'app 2: an app must be an object, and this is "app.js"'],
    ['app for apps', { app: [web()] }, 'it has no apps: app is no key of an ecosystem file; did you mean apps?'],
    [
      'an app without a script',
      { apps: [{ name: 'web' }] },
      'app "web": script is missing: an app needs something to run',
    ],
    ['an app without anything', { apps: [{}] }, 'app 1: script is missing: an app needs something to run'],
  ])('that is %s is refused', (_, value, text) => {
    expect(said(value)).toBe(`ecosystem.config.js: ${text}`);
  });
});
