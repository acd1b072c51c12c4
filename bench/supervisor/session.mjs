import { mkdirSync, writeFileSync } from 'node:fs';

import { PARTS } from './parts/index.mjs';
import { makeTools } from './tools.mjs';

async function main({ part, quick, scratch, pm2, out }) {
  mkdirSync(scratch, { recursive: true });
  const rows = await PARTS[part]({ tools: makeTools({ scratch, pm2 }), quick });
  writeFileSync(out, JSON.stringify(rows));
}

// The maker of the namespace holds the other end: when it is gone, so is the reason to run.
process.stdin.on('end', () => process.exit(1)).resume();
await main(JSON.parse(process.argv[2]));
process.exit(0);
