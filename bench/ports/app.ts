import { createServer } from 'node:http';

/**
 * An app that spends next to nothing on its answers, so that what is measured is the way to it.
 *
 *   node app.ts <port>
 */
const CHUNK = Buffer.alloc(64 * 1024, 'culvert');

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://app');
  if (pathname === '/upload') {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => response.end(String(bytes)));
    return;
  }
  if (pathname !== '/download') return void response.end('hello');
  let left = Number(searchParams.get('bytes'));
  response.writeHead(200, { 'content-length': left });
  const write = () => {
    while (left > 0) {
      left -= CHUNK.length;
      if (!response.write(CHUNK)) return void response.once('drain', write);
    }
    response.end();
  };
  write();
}).listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log('listening');
});
