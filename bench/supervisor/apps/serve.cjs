'use strict';
// A small server. usage: serve.cjs [PORT=0] [FILE]: appends a line to FILE once it listens.
const fs = require('node:fs');
const http = require('node:http');

const [port = '0', file] = process.argv.slice(2);
const server = http.createServer((_request, response) => response.end('ok'));
server.listen(Number(port), '127.0.0.1', () => {
  const sinceBirth = performance.now();
  const { user, system } = process.cpuUsage();
  if (file) fs.appendFileSync(file, `${process.pid} ${sinceBirth} ${(user + system) / 1000} ${Date.now()}\n`);
});
