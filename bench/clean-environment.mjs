/** Variables that would change what is measured: certificates and preloads slow every node, npm's change devdoctor's consent. */
const UNWANTED =
  /^(NODE_EXTRA_CA_CERTS|NODE_OPTIONS|NODE_COMPILE_CACHE|BASH_ENV|FORCE_COLOR|INIT_CWD|npm_.*|DEVDOCTOR_.*|PM2_.*)$/;

/** The environment of this process without what would change the measuring. */
export function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !UNWANTED.test(name)));
}
