import { afterEach, beforeEach, expect, test } from 'vitest';
import { startExampleApp, type ExampleApp } from './testing/exampleApp.ts';
import { HOST, startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { RawClient } from './testing/rawClient.ts';

let host: PortsHost;
let app: ExampleApp;

beforeEach(async () => {
  host = await startPortsHost();
  app = await startExampleApp();
  host.visit.port = app.port;
});
afterEach(async () => {
  await host.close();
  await app.close();
});

test.each(['GET', 'POST'])(
  'a %s that announces trailers, and has no chunks before them, reaches the app',
  async (method) => {
    const client = new RawClient(host.port);
    client.send(`${method} / HTTP/1.1\r\nHost: ${HOST}\r\nTrailer: X-Sum\r\nX-A: 1\r\n\r\n`);
    await client.until(`saw ${method} /`);
    client.socket.destroy();
    expect(app.seen[0]?.rawHeaders).toEqual(expect.arrayContaining(['X-A', '1']));
    expect(app.seen[0]?.rawHeaders).not.toContain('Trailer');
  },
);
