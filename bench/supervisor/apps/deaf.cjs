'use strict';
// A server that does not end on SIGINT. usage: deaf.cjs FILE: appends its pid to FILE once it listens.
const fs = require('node:fs');
const http = require('node:http');

process.on('SIGINT', () => {});
http.createServer().listen(0, '127.0.0.1', () => fs.appendFileSync(process.argv[2], `${process.pid}\n`));
