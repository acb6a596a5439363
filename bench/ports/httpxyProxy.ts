import { createServer } from 'node:http';
import { createProxyServer } from 'httpxy';

/**
 * What people put in front of an app by hand: a reverse proxy beside it, without a replica, sign-in or streams in between.
 *
 *   node httpxyProxy.ts <port> <port of the app>
 */
const [port, app] = process.argv.slice(2);
const proxy = createProxyServer({ target: `http://127.0.0.1:${app}`, ws: false });
createServer((request, response) => void proxy.web(request, response)).listen(
  Number(port),
  '127.0.0.1',
  () => {
    console.log('listening');
  },
);
