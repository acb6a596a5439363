import { createServer, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';

/**
 * An app that spends next to nothing on its answers, so that what is measured is the way to it.
 *
 *   node app.ts <port>
 */
const CHUNK = Buffer.alloc(64 * 1024, 'culvert');

const server = createServer((request, response) => {
  if (request.url === '/') return void response.end('hello');
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://app');
  if (pathname === '/download') return send(response, Number(searchParams.get('bytes')));
  let bytes = 0;
  request.on('data', (chunk: Buffer) => (bytes += chunk.length));
  request.on('end', () => response.end(String(bytes)));
});

function send(response: ServerResponse, bytes: number): void {
  let left = bytes;
  response.writeHead(200, { 'content-length': bytes });
  const write = () => {
    while (left > 0) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) return void response.once('drain', write);
    }
    response.end();
  };
  write();
}

new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    socket.send(data, { binary: isBinary });
  });
});
server.listen(Number(process.argv[2]), '0.0.0.0', () => {
  console.log('listening');
});
