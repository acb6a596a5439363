import { expect, test } from 'vitest';
import { vpnDefaults, type VpnSettings } from '../vpns.ts';
import { gatewayKinds } from './document.ts';
import { documentText, gatewayKindNames, renderGateway } from './render.ts';
import { guide, partsText } from './testing/settings.ts';

const empty: VpnSettings = {
  ...vpnDefaults,
  ike: { version: 2, lifetimeSeconds: Number.NaN, proposals: [] },
  esp: { lifetimeSeconds: 0, proposals: ['aes256'] },
};

test.each(gatewayKinds)('%s: the guide’s VPN, whole', async (kind) => {
  await expect(documentText(renderGateway(kind, guide))).toMatchFileSnapshot(`examples/${kind}.txt`);
});

test.each(gatewayKinds)('%s: an empty form is all placeholders, each of them marked', (kind) => {
  const document = renderGateway(kind, empty, { pool: 'nonsense' });
  expect(document.unfit).toBeNull();
  const segments = document.parts.flatMap((part) => {
    switch (part.kind) {
      case 'file':
      case 'commands':
        return part.lines.flat();
      case 'steps':
        return part.steps.flatMap(({ fields }) => fields.map(({ value }) => value));
      case 'sheet':
        return part.rows.flatMap(({ values }) => values);
    }
  });
  const missing = new Set(segments.filter((segment) => segment.missing).map(({ text }) => text));
  for (const name of ['IKE cipher suites', 'ESP cipher suites', 'IKE lifetime', 'ESP lifetime', 'peer IP']) {
    expect(missing).toContain(`<${name}>`);
  }
  for (const name of ['peer subnets', 'address pool', 'pre-shared key'])
    expect(missing).toContain(`<${name}>`);
  for (const { text, missing: marked } of segments) expect(/<[^>]+>/.test(text)).toBe(marked === true);
});

test.each(gatewayKinds)('%s: IKE version and suites are marked as what has to match', (kind) => {
  const document = renderGateway(kind, guide);
  const marked = JSON.stringify(document).match(/"match":true/g) ?? [];
  expect(marked.length).toBeGreaterThanOrEqual(2);
});

test('only strongSwan’s configurations are loaded by tests', () => {
  const loaded = gatewayKinds.filter((kind) => renderGateway(kind, guide).proof === 'loaded');
  expect(loaded).toEqual(['strongswan-ipsec', 'strongswan-swanctl']);
  expect(Object.keys(gatewayKindNames)).toEqual([...gatewayKinds]);
});

test('without a key given, none is anywhere', () => {
  for (const kind of gatewayKinds) {
    expect(partsText(renderGateway(kind, guide))).toContain('<pre-shared key>');
  }
});

test('IPv6 networks get a pool of their own', () => {
  const settings = { ...guide, peerSubnets: ['10.250.0.0/24', 'fd01::/64'] };
  const text = (kind: (typeof gatewayKinds)[number]) => partsText(renderGateway(kind, settings));
  expect(text('strongswan-ipsec')).toContain('rightsourceip=10.200.0.0/24,fd00:10:200::/112\n');
  expect(text('strongswan-swanctl')).toContain(
    '    pools = culvert-company-data-center-vu65, culvert-company-data-center-vu65-v6\n',
  );
  expect(text('pfsense')).toContain('Virtual IPv6 Address Pool: network: fd00:10:200::/112\n');
  expect(text('generic')).toContain(
    'Virtual IPs (IPv6 pool, configuration payload): fd00:10:200::/112 (65,534 addresses)\n',
  );
});

test('a name of any length and script makes names that every gateway takes', () => {
  const names = (name: string) =>
    /conn (\S+)/.exec(partsText(renderGateway('strongswan-ipsec', { ...guide, name })))?.[1];
  expect(names('Zurich-Lab')).toBe('culvert-zurich-lab');
  expect(names('Zürich lab')).toMatch(/^culvert-zurich-lab-[a-z0-9]{4}$/);
  expect(names('東京')).toMatch(/^culvert-vpn-[a-z0-9]{4}$/);
  expect(names('a-'.repeat(200))).toMatch(/^culvert-(?:a-){21}a-[a-z0-9]{4}$/);
});
