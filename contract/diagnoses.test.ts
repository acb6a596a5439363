import { describe, expect, test } from 'vitest';
import { TunnelReport } from './agentProtocol.ts';
import { diagnose, diagnoses, explainDiagnosis, type Evidence } from './diagnoses.ts';
import { Diagnosis } from './tunnels.ts';
import { vpnDefaults, type VpnSettings } from './vpns.ts';

const vpn: VpnSettings = {
  ...vpnDefaults,
  name: 'berlin',
  peerIp: '1.2.3.4',
  peerSubnets: ['10.250.0.0/24'],
};

const established = 'IKE_SA vpn_1[1] established between 1.2.3.11[replica-1.culvert]...1.2.3.4[1.2.3.4]';

/** Recorded on strongSwan 5.9.8: the ESP suites have different key exchange groups. */
const rekeyingRefused = [
  'establishing CHILD_SA net{2} reqid 1',
  'generating CREATE_CHILD_SA request 2 [ N(REKEY_SA) SA No KE TSi TSr ]',
  'parsed CREATE_CHILD_SA response 2 [ N(NO_PROP) ]',
  'received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built',
  'failed to establish CHILD_SA, keeping IKE_SA',
  'CHILD_SA rekeying failed, trying again in 8 seconds',
];
const gatewaysRekeyingRefused = [
  'parsed CREATE_CHILD_SA request 0 [ N(REKEY_SA) SA No KE TSi TSr ]',
  'received proposals: ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048/NO_EXT_SEQ',
  'configured proposals: ESP:AES_CBC_256/HMAC_SHA2_256_128/NO_EXT_SEQ',
  'no acceptable proposal found',
  'failed to establish CHILD_SA, keeping IKE_SA',
  'generating CREATE_CHILD_SA response 0 [ N(NO_PROP) ]',
];

const evidence = (known: Partial<Evidence>): Evidence => ({
  ikeVersion: 2,
  phase: 'ended',
  log: [],
  failedSubnets: [],
  sa: null,
  identityProbe: null,
  evictions: 0,
  refusal: null,
  capability: {
    supported: true,
    backend: 'libipsec',
    strongswanVersion: '5.9.8',
    code: null,
    reason: null,
    fix: null,
  },
  wanted: {
    peerIp: '1.2.3.4',
    peerId: '1.2.3.4',
    localId: 'replica-1.culvert',
    peerSubnets: ['10.250.0.0/24'],
    ikeProposals: vpn.ike.proposals,
    espProposals: vpn.esp.proposals,
  },
  ...known,
});

const up = (sa: Partial<NonNullable<Evidence['sa']>>): Partial<Evidence> => ({
  phase: 'up',
  log: [established],
  sa: {
    virtualIps: ['10.200.0.1'],
    remoteSubnets: ['10.250.0.0/24'],
    bytesIn: 1,
    bytesOut: 1,
    silentSeconds: 0,
    ...sa,
  },
});

const cases: [string, Partial<Evidence>, string | null, Record<string, string>?][] = [
  ['a healthy tunnel', up({}), null],
  ['nothing known yet', { phase: 'connecting' }, null],
  [
    'a first retransmission',
    { phase: 'connecting', log: ['retransmit 1 of request with message ID 0'] },
    null,
  ],
  [
    'two retransmissions',
    { phase: 'connecting', log: [1, 2].map((n) => `retransmit ${n} of request with message ID 0`) },
    'gateway_unreachable',
  ],
  [
    'two retransmissions of the second exchange',
    { phase: 'connecting', log: [1, 2].map((n) => `retransmit ${n} of request with message ID 1`) },
    'udp_4500_blocked',
  ],
  [
    'IKEv1, silence after the key exchange',
    {
      ikeVersion: 1,
      phase: 'connecting',
      log: [1, 2].map((n) => `sending retransmit ${n} of request message ID 0, seq 3`),
    },
    'silent_after_key_exchange',
  ],
  [
    'no source address',
    { log: ['sending packet: from 0.0.0.0[500] to 1.2.3.4[500] (180 bytes)'] },
    'no_route',
  ],
  [
    'a key that isn’t there',
    { log: ["no shared key found for 'replica-1.culvert' - 'vpn.example'"] },
    'key_missing',
    { peer: 'vpn.example' },
  ],
  [
    'IKEv1, a key that isn’t there',
    { log: ["no shared key found for 'a'[1.2.3.11] - 'vpn.example'[1.2.3.4]"] },
    'key_missing',
    { peer: 'vpn.example' },
  ],
  [
    'another DH group',
    { log: ["peer didn't accept DH group MODP_2048, it requested ECP_384"] },
    'dh_group_differs',
    { offered: 'MODP_2048', requested: 'ECP_384' },
  ],
  [
    'another DH group, while charon goes on with it',
    { phase: 'connecting', log: ["peer didn't accept DH group MODP_2048, it requested ECP_384"] },
    null,
  ],
  [
    'another key exchange method (strongSwan 6)',
    { log: ["peer didn't accept key exchange method MODP_2048, it requested ECP_384"] },
    'dh_group_differs',
    { requested: 'ECP_384' },
  ],
  ['another IKE version', { log: ['received INVALID_MAJOR_VERSION error notify'] }, 'ike_version_refused'],
  [
    'IKEv2, the gateway shows another identity',
    {
      log: [
        "authentication of 'gw.internal' with pre-shared key successful",
        "constraint check failed: identity '1.2.3.4' required ",
      ],
    },
    'peer_identity_differs',
    { shown: 'gw.internal', expected: '1.2.3.4' },
  ],
  [
    'IKEv1, an identity that the gateway doesn’t let in',
    { ikeVersion: 1, log: ['received AUTHENTICATION_FAILED error notify'] },
    'identity_refused',
  ],
  [
    'IKEv1, no key at the gateway',
    { ikeVersion: 1, log: ['received INVALID_KE_PAYLOAD error notify'] },
    'gateway_key_missing',
  ],
  [
    'an ESP option that can’t be installed',
    { log: [established, 'unable to install inbound and outbound IPsec SA (SAD) in kernel'] },
    'install_fails',
  ],
  ['a subnet that is the gateway', { log: ['1.2.3.4/32 conflicts with IKE traffic'] }, 'install_fails'],
  ['a rekeying that fails', { ...up({}), log: [established, ...rekeyingRefused] }, 'rekeying_fails'],
  [
    'a tunnel that is down after its rekeying failed',
    { log: [established, ...rekeyingRefused, 'received DELETE for ESP CHILD_SA with SPI a2fa8d78'] },
    'rekeying_fails',
  ],
  [
    'a rekeying by the gateway that fails',
    { ...up({}), log: [established, ...gatewaysRekeyingRefused] },
    'rekeying_fails',
  ],
  [
    'a tunnel that is down after the gateway’s rekeying failed',
    {
      log: [established, ...gatewaysRekeyingRefused, 'received DELETE for ESP CHILD_SA with SPI b24b8ada'],
    },
    'rekeying_fails',
  ],
  [
    'a rekeying that succeeds after one that failed',
    {
      ...up({}),
      log: [
        established,
        'CHILD_SA rekeying failed, trying again in 8 seconds',
        'inbound CHILD_SA net{3} established with SPIs c1_i c2_o and TS 10.200.0.1/32 === 10.250.0.0/24',
      ],
    },
    null,
  ],
  [
    'a gateway that falls silent after IKE was renewed, when the log no longer says that it was up',
    {
      established: true,
      log: [
        ...[1, 2, 3].map((n) => `retransmit ${n} of request with message ID 0`),
        'giving up after 3 retransmits',
      ],
    },
    'gateway_lost',
  ],
  ['no virtual IP', up({ virtualIps: [] }), 'no_virtual_ip'],
  [
    'a narrowed subnet',
    { ...up({ remoteSubnets: ['10.250.0.0/25'] }) },
    'subnet_narrowed',
    { wanted: '10.250.0.0/24', installed: '10.250.0.0/25' },
  ],
  ['silence for a moment', up({ silentSeconds: 3 }), null],
  ['silence for long', up({ silentSeconds: 30 }), 'nothing_comes_back'],
  ['one of two subnets refused', { ...up({}), failedSubnets: ['10.251.0.0/24'] }, 'some_subnets_refused'],
  ['ended twice soon after it came up', { ...up({}), evictions: 2 }, 'replaced_by_another'],
  [
    'a restart of the gateway',
    { log: [established, 'received DELETE for IKE_SA vpn_1[1]'] },
    'gateway_closed',
  ],
  ['a gateway that fell silent', { log: [established, 'giving up after 3 retransmits'] }, 'gateway_lost'],
  ['an end without a sign', { log: ['something new'] }, 'unknown'],
  ['settings that charon refuses', { refusal: 'invalid value for: proposals' }, 'config_refused'],
  [
    'a machine without strongSwan',
    {
      phase: 'connecting',
      capability: {
        supported: false,
        backend: null,
        strongswanVersion: null,
        code: 'no_strongswan',
        reason: 'strongSwan isn’t installed.',
        fix: 'apt-get install strongswan-charon',
      },
    },
    'unsupported',
    { code: 'no_strongswan', fix: 'apt-get install strongswan-charon' },
  ],
];

describe('signs', () => {
  test.each(cases)('%s', (_, known, code, parts = {}) => {
    const found = diagnose(evidence(known));
    expect(found?.diagnosis.code ?? null).toBe(code);
    if (found) expect(found.diagnosis.parts).toMatchObject(parts);
  });

  test('what failed on the way isn’t held against a tunnel that is up', () => {
    const log = [established, 'received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built'];
    expect(diagnose(evidence({ ...up({}), log }))).toBeNull();
  });

  test('a report fits the protocol, however long the log and the subnets are', () => {
    const log = Array.from(
      { length: 500 },
      (_, n) => `received NO_PROPOSAL_CHOSEN error notify ${n} ${'x'.repeat(900)}`,
    );
    const failedSubnets = Array.from({ length: 64 }, (_, n) => `2001:db8:${n}::/64`);
    for (const known of [{ log }, { log: [established, 'received TS_UNACCEPTABLE notify'], failedSubnets }]) {
      expect(() => TunnelReport.shape.diagnosis.parse(diagnose(evidence(known))?.diagnosis)).not.toThrow();
    }
  });
});

/** Paths that the form can open. */
const fields = [
  'ike.proposals',
  'ike.version',
  'esp.proposals',
  'peerIp',
  'peerId',
  'peerSubnets',
  'preSharedKey',
  'name',
];

describe('texts', () => {
  test('codes are unique', () => {
    expect(new Set(diagnoses.map(({ code }) => code)).size).toBe(diagnoses.length);
  });

  describe.each(diagnoses.map(({ code }) => code))('%s', (code) => {
    test('reads well also when a part is missing', () => {
      const explained = explainDiagnosis({ code, parts: {}, log: [] }, vpn, 'replica-1.culvert');
      expect(() => Diagnosis.parse(explained)).not.toThrow();
      for (const text of [explained.short, explained.title, explained.cause, explained.here.text]) {
        expect(text).not.toMatch(/undefined|null|\s\.|\s\s/);
        expect(text).not.toBe('');
      }
      expect(explained.short.length).toBeLessThanOrEqual(30);
      expect(explained.title).not.toMatch(/\.$/);
      expect(explained.cause).toMatch(/\.$/);
      if (explained.here.action) expect(fields).toContain(explained.here.action.field);
    });

    test('the message for the network admin stands by itself', () => {
      const { gateway } = explainDiagnosis({ code, parts: {}, log: [] }, vpn, 'replica-1.culvert');
      if (gateway === null) return;
      expect(gateway.copy).toContain('1.2.3.4');
      expect(gateway.copy).toContain('log');
      expect(gateway.copy).not.toMatch(/undefined|null/);
      // The same words stand below a change that went back and a test of settings, which aren't tried again.
      expect(gateway.copy).not.toMatch(/tr(?:y|ies) again/);
    });
  });

  test('parts are in the texts', () => {
    const diagnosis = {
      code: 'peer_identity_differs',
      parts: { shown: '10.0.0.1', expected: '1.2.3.4' },
      log: ['line'],
    };
    const explained = explainDiagnosis(diagnosis, vpn, 'replica-1.culvert');
    expect(explained.title).toBe('The gateway calls itself 10.0.0.1, not 1.2.3.4');
    expect(explained.here).toMatchObject({
      text: 'Set the peer ID to 10.0.0.1.',
      action: { field: 'peerId' },
    });
    expect(explained.log).toEqual(['line']);
  });

  test('a key that is lost is told from one for another identity', () => {
    const explained = (peer: string) =>
      explainDiagnosis({ code: 'key_missing', parts: { peer }, log: [] }, vpn, 'replica-1.culvert');
    expect(explained('10.0.0.1').here.action?.field).toBe('peerId');
    expect(explained('1.2.3.4')).toMatchObject({ here: { action: null } });
    expect(explained('1.2.3.4').cause).toContain('by itself');
  });

  test('a code of a newer agent reads as unknown, with its log', () => {
    const explained = explainDiagnosis({ code: 'from_the_future', parts: {}, log: ['a line'] }, vpn, 'id');
    expect(explained).toMatchObject({ code: 'from_the_future', severity: 'failure', log: ['a line'] });
    expect(explained.title).toContain('isn’t known');
  });
});
