import { describe, expect, it } from 'vitest';
import { maskEnvironment } from '../../../src/supervisor/pm2/mask-environment.ts';
import { isSecretName } from '../../../src/supervisor/pm2/secret-names.ts';

const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

const SECRET_NAMES = words(
  'PASSWORD DB_PASSWORD PGPASSWORD MYSQL_PWD DB_PASS SMTP_PASSWD dbPassword KEY_PASSPHRASE SECRET',
  'SESSION_SECRET NEXTAUTH_SECRET CLIENT_SECRET CLIENTSECRET jwt-secret SECRETS TOKEN GITHUB_TOKEN',
  'ACCESS_TOKEN AUTHTOKEN SLACK_BOT_TOKENS npm_config__authToken KEY API_KEY APIKEY apiKey',
  'OPENAI_API_KEY ACCESS_KEY AWS_ACCESS_KEY_ID PRIVATE_KEY OPENAI_KEY AWS_SECRET_ACCESS_KEY',
  'ENCRYPTION_KEY APP_KEY SIGNING_KEYS CREDENTIAL AWS_CREDENTIALS BASIC_AUTH REDIS_AUTH AUTHORIZATION',
  'SENTRY_DSN DSN CONNECTION_STRING AZURE_STORAGE_CONNECTION_STRING DB_CONN_STR COOKIE SESSION_COOKIE',
  'GITHUB_PAT JWT',
);

const PLAIN_NAMES = words(
  'PATH HOME NODE_ENV PORT HOST PWD OLDPWD INIT_CWD DEBUG LANG TZ KEYBOARD MONKEY KEYBOARD_LAYOUT',
  'DONKEY_NAME AUTHOR AUTHORS SECRETARY BYPASS COMPASS PASSENGER TOKENIZERS_PARALLELISM BROKEN',
  'SSH_AUTH_SOCK MAX_TOKENS TOKEN_TTL PASSWORD_MIN_LENGTH AUTH_ENABLED PASSWORD_FILE SSL_KEY_PATH',
  'COOKIE_NAME COOKIE_DOMAIN JWT_ALGORITHM JWT_EXPIRES_IN AUTH_URL NEXT_PUBLIC_API_KEY',
  'STRIPE_PUBLISHABLE_KEY PUBLIC_KEY REDIS_HOST SESSION_TIMEOUT XAUTHORITY',
);

const SECRET_VALUES = [
  'postgres://user:hunter2@db:5432/shop',
  'redis://:hunter2@localhost',
  'mongodb+srv://a:b@cluster0.example.net/x',
  'see https://user:pw@example.com/ for more',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  '-----BEGIN PRIVATE KEY-----',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  ['sk', 'live', 'abcdefgh12345678'].join('_'),
  ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_'),
];

const PLAIN_VALUES = [
  'http://localhost:3000',
  'postgres://db:5432/shop',
  'postgres://user@db/shop',
  'https://example.com/a:b@c',
  'me@example.com',
  'production',
  '/usr/bin:/bin',
  '-----BEGIN CERTIFICATE-----',
];

describe('a variable', () => {
  it.each(SECRET_NAMES)('named %s is a secret', (name) => {
    expect(isSecretName(name, 'x')).toBe(true);
  });

  it.each(PLAIN_NAMES)('named %s is none', (name) => {
    expect(isSecretName(name, 'x')).toBe(false);
  });

  it.each(SECRET_VALUES)('that holds %s is a secret', (value) => {
    expect(isSecretName('DATABASE_URL', value)).toBe(true);
    expect(isSecretName('X', value)).toBe(true);
  });

  it.each(PLAIN_VALUES)('that holds %s is none', (value) => {
    expect(isSecretName('DATABASE_URL', value)).toBe(false);
  });

  it('that is empty hides nothing', () => {
    expect(isSecretName('API_TOKEN', '')).toBe(false);
  });
});

describe('a masked environment', () => {
  it('shows the rest, and not even how long a secret is', () => {
    const masked = maskEnvironment({ PORT: '3000', A_TOKEN: 'x', B_TOKEN: 'a long one', C_TOKEN: '', __proto__x: 'y' });
    expect(masked).toEqual({ PORT: '3000', A_TOKEN: '••••••', B_TOKEN: '••••••', C_TOKEN: '', __proto__x: 'y' });
  });
});
