import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GatewayKind } from '../gatewayConfig/document.ts';
import { gatewayName } from '../gatewayConfig/gatewayNames.ts';
import { documentText, renderGateway } from '../gatewayConfig/render.ts';
import { checkPreSharedKey } from '../preSharedKey.ts';
import { commonProposals } from '../proposals.ts';
import { checkVpn, type VpnSettings } from '../vpns.ts';
import { connectionOf, imported } from './imported.testing.ts';

const octet = fc.integer({ min: 0, max: 255 });
const subnet = fc.oneof(
  fc.tuple(octet, octet).map(([a, b]) => `10.${a}.${b}.0/24`),
  fc.tuple(octet).map(([a]) => `172.${16 + (a % 16)}.0.0/16`),
  fc.tuple(octet, octet).map(([a, b]) => `fd00:${a.toString(16)}:${b.toString(16)}::/64`),
);
const peerIp = fc.oneof(
  fc.tuple(octet, octet).map(([a, b]) => `198.51.${100 + (a % 2)}.${b}`),
  octet.map((a) => `2001:db8::${a.toString(16)}`),
);
const peerId = fc.option(
  fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9]{0,9}\.example\.com$/),
    fc.stringMatching(/^[a-z]{1,9}@example\.com$/),
    octet.map((a) => `10.0.0.${a}`),
  ),
);
const extra = { ike: ['aes128-sha1-modp1024', '3des-md5-modp1536'], esp: ['3des-sha1', 'aes256ctr-sha512'] };
const suites = (phase: 'ike' | 'esp', version: 1 | 2) =>
  fc.uniqueArray(fc.constantFrom(...commonProposals(phase, version), ...extra[phase]), {
    minLength: 1,
    maxLength: 4,
  });
const lifetime = fc.oneof(fc.integer({ min: 300, max: 86_400 }), fc.constantFrom(300, 3600, 28_800, 86_400));

/** Any VPN that can be saved. */
const vpn: fc.Arbitrary<VpnSettings> = fc
  .constantFrom<1 | 2>(1, 2)
  .chain((version) =>
    fc.record({
      name: fc.oneof(
        fc.stringMatching(/^[a-z][a-z0-9 -]{0,30}[a-z]$/),
        fc.constantFrom('Zürich', 'Büro 2', '東京'),
      ),
      ike: fc.record({
        version: fc.constant(version),
        lifetimeSeconds: lifetime,
        proposals: suites('ike', version),
      }),
      esp: fc.record({ lifetimeSeconds: lifetime, proposals: suites('esp', version) }),
      peerIp,
      peerId,
      peerSubnets: fc.uniqueArray(subnet, { minLength: 1, maxLength: 3 }),
      udpEncapsulation: fc.boolean(),
      dpdDelaySeconds: fc.integer({ min: 5, max: 3600 }),
    }),
  )
  .map((settings) => checkVpn(settings, { allowPrivatePeers: false }))
  .filter(({ refusals }) => refusals.length === 0)
  .map(({ canonical }) => canonical);

const key = fc.oneof(
  fc.stringMatching(/^[\x20-\x7e]{1,40}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom('pa"ss #}\' word', '0x00ff', '0sAAAA', 'Grüße 🔑 1234', '$(id)?\\"', '<key> #'),
);
const anyKey = key.filter((text) => checkPreSharedKey(text).ok && !/^<[^<>]+>$/.test(text));

/**
 * What the file can hold of a VPN: no address where the identity is something else, and no suite that the notes say this kind
 * of gateway has no words for. Its name is a slug.
 */
function held(settings: VpnSettings, notes: readonly string[]): object {
  const { name: _, peerIp: address, peerId: id, ike, esp, ...rest } = settings;
  const written = (phase: 'IKE' | 'ESP', proposals: string[]) => {
    const own = notes.filter((note) => note.includes(`${phase} cipher suite`));
    return proposals.filter((suite) => !own.some((note) => note.split(/[^a-z0-9-]+/).includes(suite)));
  };
  const reached = id === null ? { peerIp: address, peerId: null } : { peerId: id };
  return {
    ...rest,
    ...reached,
    ike: { ...ike, proposals: written('IKE', ike.proposals) },
    esp: { ...esp, proposals: written('ESP', esp.proposals) },
  };
}

test.each<GatewayKind>(['strongswan-ipsec', 'strongswan-swanctl', 'libreswan'])(
  'what is generated for %s, imported, is the same VPN with the same key',
  (kind) => {
    let fit = 0;
    fc.assert(
      fc.property(vpn, anyKey, (settings, preSharedKey) => {
        const document = renderGateway(kind, settings, { preSharedKey });
        if (document.unfit !== null) return;
        fit += 1;
        const text = documentText(document);
        const connection = connectionOf(text);
        expect(connection.preSharedKey).toBe(preSharedKey);
        expect(connection.settings).toEqual({
          ...held(settings, document.notes),
          name: connection.settings.name,
        });
        // Generated anew, it takes the place of what was imported.
        expect(gatewayName(connection.settings.name ?? '', 56)).toBe(gatewayName(settings.name, 56));
        expect(connection.missing.filter((sentence) => !sentence.startsWith('Peer IP'))).toEqual([]);
        const lines = imported(text).lines.filter(
          ({ verdict }) => verdict === 'refused' || verdict === 'unknown',
        );
        expect(lines).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(fit).toBeGreaterThan(20);
  },
);

test.each<GatewayKind>(['strongswan-ipsec', 'strongswan-swanctl'])(
  'the placeholder for a key in %s is no key',
  (kind) => {
    const [settings] = fc.sample(vpn, 1);
    if (!settings) throw new Error('There is no sample.');
    expect(connectionOf(documentText(renderGateway(kind, settings))).preSharedKey).toBe(null);
  },
);
