import { beforeEach, expect, test } from 'vitest';
import { gatewayKinds } from '../../contract/gatewayConfig/document.ts';
import { GatewayConfig } from '../../contract/gatewayLinks.ts';
import { body, createVpn, guideVpn } from '../fixtures.ts';
import { createTestApp, type TestClient } from '../testing.ts';

let client: TestClient;
let team: string;

beforeEach(async () => {
  const host = await createTestApp();
  const { id, path } = await host.addTeam();
  client = (await host.member('Mei', id)).client;
  team = path;
  const admin = (await host.member('Ada', id, 'admin')).client;
  await createVpn(admin, team, { name: 'Zürich lab', ike: { ...guideVpn.ike, version: 2 } });
});

const at = (query: string) => `${team}/vpns/${encodeURIComponent('Zürich lab')}/gateway-config?${query}`;

test.each(gatewayKinds)('every member reads the configuration for %s', async (kind) => {
  const { document, revision } = GatewayConfig.parse(await body(await client.get(at(`kind=${kind}`)), 200));
  expect(document).toMatchObject({ kind, unfit: null });
  expect(document.parts).not.toEqual([]);
  expect(JSON.stringify(document.parts)).toContain('10.250.0.0');
  expect(JSON.stringify(document)).not.toContain(guideVpn.preSharedKey);
  expect(revision).toBe(1);
});

test('as text it is a download with a plain name, which no browser takes for a page', async () => {
  const response = await client.get(at('kind=strongswan-swanctl&pool=10.201.0.0/24&format=text'));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': expect.stringMatching(/^text\/plain/),
    'content-disposition': 'attachment; filename="culvert-zurich-lab-strongswan-swanctl.txt"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const text = await response.text();
  expect(text).toContain('10.201.0.0/24');
  expect(text).toContain('<pre-shared key>');
  expect(text).not.toContain(guideVpn.preSharedKey);
});

test.each([
  ['kind=toaster', 'kind'],
  ['pool=10.250.0.128/25', 'pool'],
  ['pool=10.0.0.0/0', 'pool'],
  ['pool=', 'pool'],
  ['format=pdf', 'format'],
])('refuses %s', async (query, field) => {
  expect(await body(await client.get(at(query)), 400)).toMatchObject({
    code: 'invalid_request',
    errors: [{ path: field }],
  });
});
