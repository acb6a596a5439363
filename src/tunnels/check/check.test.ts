import { expect, test } from 'vitest';
import type { VerificationResult } from '../../../contract/verifications.ts';
import { checkWords, outcomeWords } from './check.ts';

test.each([
  ['10.250.0.5', null, 'ping 10.250.0.5'],
  ['10.250.0.5', 5432, 'TCP 10.250.0.5:5432'],
  ['fd00::5', 5432, 'TCP [fd00::5]:5432'],
])('%s with port %s is “%s”', (address, port, words) => {
  expect(checkWords({ address, port })).toBe(words);
});

test.each<[VerificationResult['state'][], string]>([
  [['succeeded', 'succeeded', 'failed'], '2 of 3 replicas reached it'],
  [['succeeded', 'running'], '1 of 2 replicas reached it, 1 still trying'],
  [['failed'], '0 of 1 replica reached it'],
])('%j is told as “%s”', (states, words) => {
  expect(outcomeWords(states.map((state) => ({ state })))).toBe(words);
});
