/** Said where the log does not tell the detail. */
const UNKNOWN: Readonly<Record<string, string>> = {
  address: 'that address',
  host: 'the host',
  module: 'the module',
  path: 'that file',
  port: 'PORT',
  variable: 'the variable',
};

/** Puts the detail of a match into a text such as `devdoctor why {port}`. */
export const fillDetail = (text: string, detail: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => detail[name] ?? UNKNOWN[name] ?? name);
