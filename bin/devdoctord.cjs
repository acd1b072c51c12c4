#!/usr/bin/env node
'use strict';
const path = require('node:path');
const { main } = require('../dist/supervisor/daemon/main.cjs');

void main(process.argv.slice(2), process.env, path.dirname(__dirname)).then((code) => {
  if (code !== null) process.exit(code);
  return code;
});
