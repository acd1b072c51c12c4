// The dev server of the story. It tells its process number and its folder, and ends by itself after two minutes.
import { createServer } from 'node:http';

process.loadEnvFile();
setTimeout(() => process.exit(0), 120_000).unref();
const self = JSON.stringify({ pid: process.pid, folder: process.cwd() });
createServer((_, response) => response.end(self)).listen(Number(process.env.PORT), '127.0.0.1');
