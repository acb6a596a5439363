import { createServer } from 'node:net';

/**
 * Begins to listen, and prints when that was, in milliseconds since the epoch.
 *
 *   node listen.ts <port>
 */
const at = Date.now();
createServer().listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening since ${at}`);
});
