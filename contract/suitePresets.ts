import type { IkeVersion } from './vpns.ts';

/** Cipher suites and lifetimes that go together. */
export type SuitePreset = {
  id: 'guide' | 'modern' | 'compatible';
  name: string;
  /** Whom it is for, in a sentence. */
  words: string;
  /** In which IKE versions it is valid. */
  ikeVersions: readonly IkeVersion[];
  ike: { lifetimeSeconds: number; proposals: readonly string[] };
  esp: { lifetimeSeconds: number; proposals: readonly string[] };
};

export const suitePresets: readonly SuitePreset[] = [
  {
    id: 'guide',
    name: 'The guide’s',
    words: 'What the VPN guide’s example gateway is set to.',
    ikeVersions: [1, 2],
    ike: { lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
    esp: { lifetimeSeconds: 28_800, proposals: ['aes256-sha256-modp2048'] },
  },
  {
    id: 'modern',
    name: 'Modern, IKEv2',
    words: 'Strong and fast, for gateways of the last ten years.',
    ikeVersions: [2],
    ike: { lifetimeSeconds: 14_400, proposals: ['aes256gcm16-prfsha384-ecp384'] },
    esp: { lifetimeSeconds: 3600, proposals: ['aes256gcm16-ecp384'] },
  },
  {
    id: 'compatible',
    name: 'Compatible',
    words: 'Several suites in order, for a gateway of which little is known.',
    ikeVersions: [1, 2],
    ike: {
      lifetimeSeconds: 14_400,
      proposals: [
        'aes256-sha256-ecp256',
        'aes256-sha256-modp2048',
        'aes128-sha256-modp2048',
        'aes256-sha1-modp2048',
      ],
    },
    // One group: in IKEv1 the first message of phase 2 carries the key exchange of the first suite.
    esp: {
      lifetimeSeconds: 3600,
      proposals: ['aes256-sha256-modp2048', 'aes128-sha256-modp2048', 'aes256-sha1-modp2048'],
    },
  },
];
