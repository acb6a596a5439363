import { describe, expect, test } from 'vitest';
import { parseProposal } from '../../../../contract/proposals.ts';
import { suitePresets } from '../../../../contract/suitePresets.ts';
import { LIFETIME, vpnDefaults } from '../../../../contract/vpns.ts';
import { phaseValues, refusePreset, sameValues, valuesInWords } from './presetValues.ts';
import { toFormValues } from '../values.ts';

describe.each(suitePresets)('the preset $name', (preset) => {
  test('is accepted in exactly the IKE versions that it names', () => {
    for (const version of [1, 2] as const) {
      const accepted = (['ike', 'esp'] as const).every((phase) =>
        preset[phase].proposals.every((text) => {
          const parsed = parseProposal(text, phase, version);
          return parsed.ok && parsed.value.keywords === text;
        }),
      );
      expect(accepted).toBe(preset.ikeVersions.includes(version));
      expect(refusePreset(preset, version) === undefined).toBe(accepted);
    }
  });

  test('has lifetimes that are accepted', () => {
    for (const { lifetimeSeconds } of [preset.ike, preset.esp]) {
      expect(lifetimeSeconds).toBeGreaterThanOrEqual(LIFETIME.min);
      expect(lifetimeSeconds).toBeLessThanOrEqual(LIFETIME.max);
    }
  });
});

test('a new VPN begins with the guide’s', () => {
  const values = phaseValues(toFormValues(vpnDefaults));
  expect(suitePresets.filter((preset) => sameValues(preset, values)).map(({ id }) => id)).toEqual(['guide']);
  expect(valuesInWords(values)).toBe(
    'IKE: 1 hour, aes256-sha256-modp2048. ESP: 8 hours, aes256-sha256-modp2048.',
  );
});

test('order and lifetimes tell values apart', () => {
  const values = phaseValues(toFormValues(vpnDefaults));
  expect(sameValues(values, { ...values, ike: { ...values.ike, lifetimeSeconds: 7200 } })).toBe(false);
  const two = { ...values.esp, proposals: ['a', 'b'] };
  const swapped = { ...values.esp, proposals: ['b', 'a'] };
  expect(sameValues({ ...values, esp: two }, { ...values, esp: swapped })).toBe(false);
});

test('a preset that the IKE version can’t carry says what to do first', () => {
  const modern = suitePresets.find(({ id }) => id === 'modern');
  expect(modern && refusePreset(modern, 1)).toBe('IKEv1 can’t carry its suites. Choose IKEv2 first.');
});
