import { describe, expect, it } from 'vitest';
import { OBSERVED_VARIABLES } from '../../../src/model/environment.ts';
import { parseEnvironment } from '../../../src/platform/linux/parse-environment.ts';

const SECRETS = [
  'DATABASE_URL',
  'AWS_SECRET_ACCESS_KEY',
  'NPM_TOKEN',
  'npm_config__auth',
  'PORTAL_KEY',
  'port',
  'Path',
];

describe('parseEnvironment', () => {
  it('keeps every name, and values only of the variables that are observed', () => {
    const names = [...SECRETS, ...OBSERVED_VARIABLES];
    const { values, names: read } = parseEnvironment(names.map((name) => `${name}=value of ${name}\0`).join(''));
    expect(read).toEqual(names);
    expect(Object.keys(values)).toEqual([...OBSERVED_VARIABLES]);
    expect(values['PORT']).toBe('value of PORT');
  });

  it('lets no secret through, wherever it stands', () => {
    const text = SECRETS.map((name) => `${name}=hunter2`).join('\0');
    expect(JSON.stringify(parseEnvironment(text))).not.toContain('hunter2');
  });

  it.each([
    ['NODE_ENV=a=b=c\0', { NODE_ENV: 'a=b=c' }],
    ['PORT=\0', { PORT: '' }],
    ['name=über \u{1f680}\nnext\0', { name: 'über \u{1f680}\nnext' }],
    ['PORT=3000', { PORT: '3000' }],
  ])('reads the value after the first equals sign of %j', (text, values) => {
    expect(parseEnvironment(text).values).toEqual(values);
  });

  it.each(['', '\0', '\0\0\0', '=orphan\0', 'no equals sign\0', 'npm run dev\0\0\0'])(
    'reads nothing from %j',
    (text) => {
      expect(parseEnvironment(text)).toEqual({ values: {}, names: [] });
    },
  );
});
