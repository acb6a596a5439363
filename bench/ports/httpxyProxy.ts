import { createServer } from 'node:http';
import { createProxyServer } from 'httpxy';

/**
 * A reverse proxy of Node, without sign-in or streams in between.
 *
 *   node httpxyProxy.ts <port> <address of the app>
 */
const [port, app] = process.argv.slice(2);
const proxy = createProxyServer({ target: `http://${app}`, ws: false });
createServer((request, response) => void proxy.web(request, response)).listen(
  Number(port),
  '127.0.0.1',
  () => {
    console.log('listening');
  },
);
