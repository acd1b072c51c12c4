import { createServer } from 'node:net';

// Below the range the kernel hands to clients, so that no connection takes the port between the look and its use.
const LOWEST = 20_000;
const COUNT = 12_000;

const canBind = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '::', () => server.close(() => resolve(true)));
  });

/** A TCP port that was free on every address when asked. */
export const freePort = async (): Promise<number> => {
  const port = LOWEST + Math.floor(Math.random() * COUNT);
  return (await canBind(port)) ? port : freePort();
};
