/** Words of which one makes a variable a secret. */
const SECRET_WORD =
  /^(?:.*(?:password|passwd|passphrase|secret|secrets|credential|credentials|token|apikey|accesskey|secretkey|privatekey|dsn)|passwords|pass|pwd|tokens|auth|authorization|cookie|cookies|pat|jwt)$/;

/** Two words that are a secret together: keys of many kinds, and how to reach a database. */
const SECRET_PAIR =
  /(?:^|_)(?:api|access|private|secret|signing|signature|encryption|encrypt|crypto|cipher|master|service|account|session|app|auth|jwt|license|webhook|stripe|hmac|aes|rsa|ssh|gpg|deploy|storage|admin|client)_keys?(?:_|$)|(?:^|_)(?:connection|conn)_(?:string|str)(?:_|$)/;

/** A key of anything is a secret too, when it is the last word: `OPENAI_KEY`. */
const KEY_AT_END = /(?:^|_)keys?$/;

/** What only says something about a secret: where it is, how long it may be. */
const ABOUT =
  /_(?:file|path|dir|url|uri|host|port|ttl|length|len|size|max|min|limit|count|rounds|expiry|expires|expiration|expires_in|timeout|name|header|type|algorithm|alg|enabled|disabled|required|issuer|audience|domain|provider|method|mode|sock|policy|rotation|version)$|^max_|^min_/;

/** Printed on purpose in what every visitor loads. */
const PUBLIC = /(?:^|_)(?:public|publishable)(?:_|$)/;

/** Folders of the shell, and no passwords. */
const FOLDERS = new Set(['PWD', 'OLDPWD', 'INIT_CWD']);

/** `postgres://user:password@host`, a private key, a signed token, or the keys of well-known services. */
const SECRET_VALUE =
  /[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:[^@\s]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|\b(?:sk|rk)_(?:live|test)_\w{8,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bxox[abprs]-[\w-]{10,}|\bAKIA[A-Z\d]{16}\b|\bnpm_[A-Za-z\d]{30,}|\bsk-[\w-]{20,}/;

/** `dbPassword` and `DB-PASSWORD` as `db_password`. */
const inWords = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');

const isSecretWord = (words: string): boolean => words.split('_').some((word) => SECRET_WORD.test(word));

/** Does a variable probably hold a secret, by its name or its value? One that is empty holds nothing. */
export const isSecretName = (name: string, value: string): boolean => {
  if (value === '' || FOLDERS.has(name)) return false;
  if (SECRET_VALUE.test(value)) return true;
  const words = inWords(name);
  if (ABOUT.test(words)) return false;
  if (isSecretWord(words)) return true;
  return !PUBLIC.test(words) && (SECRET_PAIR.test(words) || KEY_AT_END.test(words));
};
