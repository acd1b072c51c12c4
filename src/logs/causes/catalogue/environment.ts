import type { Cause } from '../cause.ts';
import { missingVariableInWords } from './environment-in-words.ts';

export const missingVariable: Cause = {
  code: 'MISSING_ENV',
  title: 'A variable of the environment is missing',
  remedy: [
    'Set {variable}: in the shell, in .env, or where the supervisor keeps the environment.',
    'It is in .env already: .env is read from the folder the program is started in, so look at that folder.',
    'Under a supervisor: give it the new environment when restarting, such as `pm2 restart NAME --update-env`.',
  ],
  wrongRemedies: [
    'Setting it in another terminal: a running supervisor keeps the environment it was started with.',
    'Writing the secret into the code.',
  ],
  falseFriends: [
    '`ReferenceError: NAME is not defined`: a name in the code, not in the environment.',
    'A message of the business with a word in capitals, such as an order or an article.',
  ],
  watch: 'The environment the process really has: /proc/PID/environ shows the names.',
  signatures: [
    {
      from: 'env-var',
      words: ['rror', 'equired'],
      pattern: /env-var: "(?<variable>\w+)" is a required variable, but it was not set/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'envalid',
      words: ['nvironment'],
      pattern: /^\s*(?:Missing|Invalid) environment variables:\s*$/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'envalid, the variable',
      words: [],
      pattern: /^\s+(?<variable>[A-Za-z_]\w*):\s+\S/,
      below: /^\s*(?:Missing|Invalid) environment variables:\s*$/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'a schema: zod, Joi, Ajv, as JSON or as Node prints it',
      words: ['equired', 'rror'],
      pattern:
        /["']?(?:path|instancePath|missingProperty)["']?:\s*\[?\s*["']\/?(?<variable>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)["']\s*\]?/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'zod, the variable on a line of its own',
      words: [],
      pattern: /^\s*["'](?<variable>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)["'],?\s*$/,
      below: /["']?path["']?:\s*\[\s*$/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'zod, a list of fields or told for people',
      words: [],
      pattern:
        /^\s*(?:→ at (?<variable>[A-Z][A-Z0-9_]+)$|["']?(?<variable2>[A-Z][A-Z0-9_]+)["']?:\s*\[\s*["'](?:Required|Invalid input|Expected))/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'Joi, Ajv, told as a sentence',
      words: ['rror', 'equired'],
      pattern:
        /(?:"(?<variable>[A-Z][A-Z0-9_]+)" is (?:required|not allowed to be empty)|must have required property '(?<variable2>[A-Z][A-Z0-9_]+)')/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Prisma',
      words: ['nvironment'],
      pattern: /Environment variable not found: (?<variable>\w+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Python os.environ',
      words: ['rror'],
      pattern: /^(?:\S+ )*KeyError: '(?<variable>[A-Z][A-Z0-9]*_[A-Z0-9_]+)'$/,
      confidence: 'B',
      specificity: 78,
    },
    {
      from: 'Python os.environ, one word',
      words: ['rror'],
      pattern: /^KeyError: '(?<variable>[A-Za-z]\w*)'$/,
      below: /\bos\.environ\b|<frozen os>|\bos\.py", line/,
      confidence: 'A',
      specificity: 80,
    },
    {
      from: 'Pydantic',
      words: ['rror'],
      pattern: /\bvalidation errors? for \w*(?:Settings|Config|Configuration|Env|Environment)\b/,
      confidence: 'B',
      specificity: 80,
    },
    {
      from: 'Pydantic, the variable',
      words: [],
      pattern: /^(?<variable>[A-Za-z_]\w*)$/,
      below: /\bvalidation errors? for \w*(?:Settings|Config|Configuration|Env|Environment)\b/,
      above: /^\s+(?:Field required|field required)/,
      confidence: 'B',
      specificity: 84,
    },
    {
      from: 'Ruby ENV.fetch',
      words: ['rror'],
      pattern: /\bkey not found: "(?<variable>[A-Z][A-Z0-9_]+)" \(KeyError\)/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'Spring Boot',
      words: ['rror', 'Exception'],
      pattern: /Could not resolve placeholder '(?<variable>[^':]+)'/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Go envconfig and env',
      words: ['nvironment', 'equired'],
      pattern:
        /required key (?<variable>[A-Z][A-Z0-9_]+) missing value|(?:required )?environment variable "(?<variable2>\w+)" (?:is not set|should not be empty)/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'a shell with -u or ${X:?}',
      words: ['not set'],
      pattern:
        /: (?<variable>[A-Za-z_]\w*): (?:unbound variable|parameter not set|parameter null or not set|parameter not set or null)/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'decouple, dotenv-safe and others that look into the environment',
      words: ['nvironment', 'rror'],
      pattern:
        /\bUndefinedValueError: (?<variable>\w+) not found|\bno (?<variable2>[A-Z][A-Z0-9_]+) in (?:the )?env(?:ironment)?\b|\bnot present in the environment\b/,
      confidence: 'B',
      specificity: 80,
    },
    {
      from: 'Django',
      words: [],
      pattern:
        /ImproperlyConfigured: (?:The (?<variable>[A-Z][A-Z0-9_]+) setting must not be empty|Set the (?<variable2>[A-Z][A-Z0-9_]+) environment variable)/,
      confidence: 'A',
      specificity: 86,
    },
    ...missingVariableInWords,
  ],
};
