import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { parseArgs } from 'node:util';
import { answer } from './answer.ts';
import { echoWebSockets } from './webSockets.ts';

/**
 * An app such as people develop in a workspace, to be reached through its forwarded port. Prints `listening` once it is.
 *
 *   node main.ts --name alpha --port 3000 [--host 127.0.0.1] [--certificate cert.pem --key key.pem]
 */
const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'app' },
    port: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    certificate: { type: 'string' },
    key: { type: 'string' },
  },
});
const { name, host, certificate, key } = values;

const listener = answer(name);
const server: Server =
  certificate === undefined || key === undefined
    ? createHttpServer(listener)
    : createHttpsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, listener);
echoWebSockets(server, name);
server.listen(Number(values.port), host, () => {
  console.log('listening');
});
