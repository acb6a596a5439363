import fc from 'fast-check';
import { commonProposals } from '../../proposals.ts';
import { vpnDefaults, type VpnSettings } from '../../vpns.ts';
import type { GatewayDocument, GatewayKind, GatewayOptions } from '../document.ts';
import { partText } from '../documentText.ts';
import { renderGateway } from '../render.ts';

/** The VPN guide's values. */
export const guide: VpnSettings = {
  ...vpnDefaults,
  name: 'Company data center',
  ike: { ...vpnDefaults.ike, version: 2 },
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};

/** The guide's values with some changed; `ike` and `esp` take suites. */
export const guideWith = ({
  ike,
  esp,
  ikeVersion,
  ...rest
}: Partial<Omit<VpnSettings, 'ike' | 'esp'>> & {
  ike?: string[];
  esp?: string[];
  ikeVersion?: 1 | 2;
}): VpnSettings => ({
  ...guide,
  ...rest,
  ike: { ...guide.ike, version: ikeVersion ?? 2, proposals: ike ?? guide.ike.proposals },
  esp: { ...guide.esp, proposals: esp ?? guide.esp.proposals },
});

/** The text of every part, one after the other. */
export const partsText = (document: GatewayDocument): string => document.parts.map(partText).join('');

export const rendered = (kind: GatewayKind, settings: VpnSettings, options?: GatewayOptions): string =>
  partsText(renderGateway(kind, settings, options));

/** Texts that would do harm where they were written as they are. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '1.2.3.4',
        '10.0.0.0/8',
        'fd00::/64',
        'aes256',
        '-sha256',
        'vpn.example.com',
        'Zürich',
        '0x',
        '0s',
        ...'\n\r\0\t\u2028\u0085 #"\'\\$?;{}[]',
        '$(reboot)',
        '[/system reset]',
        ' auto=start',
        '}\nsecrets{',
        '\nend\n',
        '\n!\nreload',
        'include /etc/passwd',
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join('')),
);

/** Some of what a form can hold: valid values, hostile ones, and all between. */
export const anySettings: fc.Arbitrary<VpnSettings> = fc.record({
  name: fc.oneof(fc.constant('Company data center'), hostileText),
  ike: fc.record({
    version: fc.constantFrom<1 | 2>(1, 2),
    lifetimeSeconds: fc.oneof(fc.integer({ min: 300, max: 86_400 }), fc.double()),
    proposals: fc.array(fc.oneof(fc.constantFrom(...commonProposals('ike', 2)), hostileText), {
      maxLength: 4,
    }),
  }),
  esp: fc.record({
    lifetimeSeconds: fc.oneof(fc.integer({ min: 300, max: 86_400 }), fc.double()),
    proposals: fc.array(fc.oneof(fc.constantFrom(...commonProposals('esp', 2)), hostileText), {
      maxLength: 4,
    }),
  }),
  peerIp: fc.oneof(fc.constantFrom('1.2.3.4', '2001:db8::1'), hostileText),
  peerId: fc.option(fc.oneof(fc.constantFrom('vpn.example.com', 'gw@example.com', '10.0.0.1'), hostileText)),
  peerSubnets: fc.array(
    fc.oneof(fc.constantFrom('10.250.0.0/24', '10.251.0.0/24', 'fd01::/64'), hostileText),
    {
      maxLength: 3,
    },
  ),
  udpEncapsulation: fc.boolean(),
  dpdDelaySeconds: fc.oneof(fc.integer({ min: 5, max: 3600 }), fc.double()),
});

/** Keys as people and generators make them; some are refused by the form too. */
export const anyKey = fc.oneof(
  hostileText,
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.stringMatching(/^[\x20-\x7e]{1,40}$/),
  fc.constantFrom('pa"ss #}\' word', '0x00ff', '0sAAAA', '0t text', 'ENC abcd', 'Grüße 🔑 1234', '$(id)?\\"'),
);
