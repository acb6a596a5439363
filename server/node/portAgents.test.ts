import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startExampleApp, type ExampleApp } from './testing/exampleApp.ts';
import { startPortsHost, type PortsHost } from './testing/portsHost.ts';
import { get } from './testing/viewer.ts';

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

test('a connection that serves request after request keeps nothing of those that are over', async () => {
  const opened: Duplex[] = [];
  const open = host.streams.open.bind(host.streams);
  host.streams.open = async (...asked) => {
    const stream = await open(...asked);
    opened.push(stream);
    return stream;
  };
  const listeners = () =>
    ['close', 'error', 'data'].map((event) => opened.map((stream) => stream.listenerCount(event)));
  await get(host.port);
  await get(host.port);
  const before = listeners();
  for (let requests = 0; requests < 10; requests += 1) await get(host.port);
  expect(opened).toHaveLength(1);
  expect(listeners()).toEqual(before);
});
