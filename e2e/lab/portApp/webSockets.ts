import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

/** At `/ws`: greets with the app's name and what it saw of the upgrade, then sends back what comes, text or bytes. */
export function echoWebSockets(server: Server, name: string): void {
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket, request) => {
    const { cookie = '', origin = '' } = request.headers;
    socket.send(JSON.stringify({ name, cookie, origin }));
    socket.on('message', (data, isBinary) => {
      socket.send(data, { binary: isBinary });
    });
  });
}
