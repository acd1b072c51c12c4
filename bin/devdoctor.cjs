#!/usr/bin/env node
'use strict';
const path = require('node:path');
const { main } = require('../dist/cli/main.cjs');

main(process.argv.slice(2), process.env, path.dirname(__dirname)).then((code) => {
  process.exitCode = code;
  return code;
});
