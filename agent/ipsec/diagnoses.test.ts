import { describe, expect, test } from 'vitest';
import { diagnose, type Evidence } from '../../contract/diagnoses.ts';
import { capable, guideVpn } from './desiredVpn.testing.ts';
import { evidenceAbout } from './evidence.ts';
import { readTranscripts, recordedLog, type Transcript } from './vici/transcripts.ts';

const vpnOf = ({ ike_version }: Transcript) =>
  guideVpn({
    ike: { version: ike_version, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp2048'] },
    peerIp: '198.51.100.1',
    peerId: '198.51.100.1',
  });

function diagnoseRecorded(name: string, known: Partial<Evidence>) {
  const transcript = readTranscripts().find((candidate) => candidate.name === name);
  if (!transcript) throw new Error(`No transcript ${name}.`);
  const log = recordedLog(transcript);
  return diagnose(evidenceAbout(vpnOf(transcript), capable, { phase: 'ended', log, ...known }))?.diagnosis;
}

describe('recorded failures', () => {
  test.each([
    ['wrong_psk_v1', 'psk_differs_v1', {}],
    ['ike_mismatch_v1', 'ike_suite_refused', {}],
    ['ike_mismatch_v2', 'ike_suite_refused', {}],
    ['esp_mismatch_v1', 'esp_suite_refused', {}],
    ['esp_mismatch_v2', 'esp_suite_refused', {}],
    ['ts_mismatch_v1', 'subnet_refused', { subnets: '10.250.0.0/24' }],
    ['ts_mismatch_v2', 'subnet_refused', { subnets: '10.250.0.0/24' }],
    ['id_mismatch_v1', 'peer_identity_differs', { shown: '10.0.0.1', expected: '198.51.100.1' }],
    ['no_pool_v1', 'closed_without_virtual_ip', {}],
    ['no_pool_v2', 'no_address_pool', {}],
    ['unreachable_v1', 'gateway_unreachable', {}],
    ['unreachable_v2', 'gateway_unreachable', {}],
  ])('%s is %s', (name, code, parts) => {
    const diagnosis = diagnoseRecorded(name, { failedSubnets: ['10.250.0.0/24'] });
    expect(diagnosis).toMatchObject({ code, parts });
    expect(diagnosis?.log.length).toBeGreaterThan(0);
  });

  test.each(['bad_proposal_rejected_v1', 'bad_proposal_rejected_v2'])('%s is config_refused', (name) => {
    const refusal = 'invalid value for: proposals, config discarded';
    expect(diagnoseRecorded(name, { refusal })).toMatchObject({
      code: 'config_refused',
      parts: { reason: refusal },
    });
  });

  // IKEv2 gateways answer the same to a wrong key and to a wrong identity: only asking again tells.
  describe.each(['wrong_psk_v2', 'id_mismatch_v2'])('%s', (name) => {
    test.each([
      [null, 'authentication_refused', {}],
      [{ outcome: 'refused' } as const, 'psk_differs_v2', {}],
      [
        { outcome: 'shown', identity: '10.0.0.1' } as const,
        'peer_identity_differs',
        { shown: '10.0.0.1', expected: '198.51.100.1' },
      ],
    ])('with the probe’s answer %j is %s', (identityProbe, code, parts) => {
      expect(diagnoseRecorded(name, { identityProbe })).toMatchObject({ code, parts });
    });
  });
});

test.each(['ok_v1', 'ok_v2', 'ok_v1_two_subnets', 'ok_v2_two_subnets'])('%s is healthy', (name) => {
  const sa = {
    virtualIps: ['10.200.0.1'],
    remoteSubnets: ['10.250.0.0/24'],
    bytesIn: 0,
    bytesOut: 0,
    silentSeconds: 0,
  };
  expect(diagnoseRecorded(name, { phase: 'up', sa })).toBeUndefined();
});

test('no diagnosis is made of an attempt that goes well so far', () => {
  for (const transcript of readTranscripts().filter(({ name }) => name.startsWith('ok_'))) {
    const log = recordedLog(transcript);
    for (let length = 0; length <= log.length; length += 1) {
      const evidence = evidenceAbout(vpnOf(transcript), capable, { log: log.slice(0, length) });
      expect(diagnose(evidence)).toBeNull();
    }
  }
});

test('IKEv1 with a wrong key is known, for good, at the first undecryptable message', () => {
  const transcript = readTranscripts().find(({ name }) => name === 'wrong_psk_v1');
  if (!transcript) throw new Error('No such transcript.');
  const log = recordedLog(transcript);
  const known = log.findIndex((line) => line.includes('decryption failed?'));
  const at = (length: number) =>
    diagnose(evidenceAbout(vpnOf(transcript), capable, { log: log.slice(0, length) }));
  expect(at(known)).toBeNull();
  expect(at(known + 1)).toMatchObject({ diagnosis: { code: 'psk_differs_v1' }, final: true });
});
