import { expect, test } from 'vitest';
import { capable, guideVpn } from '../desiredVpn.testing.ts';
import { readTranscripts, recordedLog } from '../vici/transcripts.ts';
import { reachedPhase, unsupported } from './trialOutcome.ts';

const reached = (name: string) => {
  const transcript = readTranscripts().find((candidate) => candidate.name === name);
  if (!transcript) throw new Error(`No transcript ${name}.`);
  return reachedPhase(recordedLog(transcript));
};

test.each([
  ['unreachable_v1', null],
  ['unreachable_v2', null],
  ['ike_mismatch_v1', 'answer'],
  ['ike_mismatch_v2', 'answer'],
  ['wrong_psk_v1', 'ike'],
  ['wrong_psk_v2', 'ike'],
  ['id_mismatch_v1', 'ike'],
  ['no_pool_v1', 'authentication'],
  ['no_pool_v2', 'authentication'],
  ['esp_mismatch_v1', 'address'],
  ['esp_mismatch_v2', 'address'],
  ['ts_mismatch_v1', 'address'],
  ['ts_mismatch_v2', 'address'],
])('%s got past %s', (name, phase) => {
  expect(reached(name)).toBe(phase);
});

test('a machine that can’t do IPsec says why, and what mends it', () => {
  const incapable = {
    ...capable,
    supported: false,
    backend: null,
    code: 'no_tun',
    reason: 'No TUN.',
    fix: 'modprobe tun',
  };
  expect(unsupported(guideVpn(), incapable)).toMatchObject({
    outcome: 'unsupported',
    reached: null,
    diagnosis: { code: 'unsupported', parts: { reason: 'No TUN.', fix: 'modprobe tun' } },
  });
});
