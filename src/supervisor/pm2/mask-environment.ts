import { isSecretName } from './secret-names.ts';

/** Of one length, so that the length of a secret is not told either. */
const MASK = '••••••';

/** An environment as anybody may see it: values that are probably secrets are masked. */
export const maskEnvironment = (env: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, isSecretName(name, value) ? MASK : value] as const),
  );
