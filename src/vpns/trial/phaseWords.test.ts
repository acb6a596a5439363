import { expect, test } from 'vitest';
import type { VpnTrial } from '../../../contract/vpnTrials.ts';
import { outcomeTitle, phaseFinding, tookWords } from './phaseWords.ts';

const trial: VpnTrial = {
  replica: { id: 'rep_1', name: 'api-1' },
  workspace: { id: 'ws_1', name: 'api' },
  outcome: 'up',
  phases: [],
  diagnosis: null,
  virtualIp: '10.200.0.4',
  ikeSuite: 'AES_CBC-256',
  espSuite: 'AES_GCM_16-256',
  remoteSubnets: ['10.250.0.0/24', '10.251.0.0/24'],
  tookMs: 812,
  at: '2026-11-21T08:00:00.000Z',
};

test('a phase that passed says what was agreed on', () => {
  expect(phaseFinding(trial, 'ike')).toBe('AES_CBC-256');
  expect(phaseFinding(trial, 'address')).toBe('10.200.0.4');
  expect(phaseFinding(trial, 'esp')).toBe('AES_GCM_16-256 · 10.250.0.0/24, 10.251.0.0/24');
  expect(phaseFinding({ ...trial, espSuite: null, remoteSubnets: [] }, 'esp')).toBeNull();
  expect(phaseFinding(trial, 'authentication')).toBeNull();
});

test('a test that took less than ten seconds is told to the tenth', () => {
  expect([812, 7104, 9960, 20_003].map(tookWords)).toEqual(['0.8 s', '7.1 s', '10 s', '20 s']);
});

test('a warning doesn’t hide behind a tunnel that would come up', () => {
  const warning = {
    code: 'no_virtual_ip',
    severity: 'warning' as const,
    short: '',
    title: '',
    cause: '',
    here: { text: '', action: null, command: null },
    gateway: null,
    log: [],
  };
  expect(outcomeTitle(trial)).toBe('A tunnel would come up');
  expect(outcomeTitle({ ...trial, diagnosis: warning })).toBe('A tunnel would come up, with a warning');
  expect(outcomeTitle({ ...trial, outcome: 'failed' })).toBe('A tunnel wouldn’t come up');
});
