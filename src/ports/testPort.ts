import type { Port } from '../../contract/ports.ts';

/** A port for tests: 3000, forwarded, private, listening; with what a test says of it. */
export const testPort = (about: Partial<Port> = {}): Port => ({
  port: 3000,
  label: null,
  protocol: 'http',
  visibility: 'private',
  forwarded: true,
  url: 'http://k3f9q2abcd.localhost:8080',
  origin: 'auto',
  status: 'listening',
  process: 'node',
  replicas: [],
  ignored: null,
  sharedBy: null,
  sharedAt: null,
  notice: null,
  revision: 1,
  ...about,
});
