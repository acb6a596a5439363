import { expect, test } from 'vitest';
import { newPortHost } from './portHost.ts';
import { portUrl } from './portUrl.ts';

test.each([
  ['http://localhost:8080', 'localhost', 'http://k3wz5m2qpa.localhost:8080'],
  ['https://culvert.acme.example', 'acme-ports.example', 'https://k3wz5m2qpa.acme-ports.example'],
  ['https://culvert.acme.example:8443', 'acme-ports.example', 'https://k3wz5m2qpa.acme-ports.example:8443'],
  ['https://culvert.acme.example', null, null],
])(
  'where the dashboard is at %s and the ports domain is %s, a port is at %s',
  (publicUrl, portsDomain, url) => {
    expect(portUrl({ publicUrl, portsDomain }, 'k3wz5m2qpa')).toBe(url);
  },
);

test('hosts are ten random symbols', () => {
  const hosts = Array.from({ length: 500 }, newPortHost);
  expect(new Set(hosts).size).toBe(hosts.length);
  for (const host of hosts) expect(host).toMatch(/^[a-z2-7]{10}$/);
});
