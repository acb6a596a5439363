import { createServer } from 'node:net';

/** The database behind the gateway: accepts TCP on port 5432 and says who it saw. Runs inside the `db` namespace. */
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.end(`culvert lab database, hello ${socket.remoteAddress ?? ''}\n`);
});
server.listen(5432, '0.0.0.0');
