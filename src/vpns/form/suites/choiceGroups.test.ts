import { expect, test } from 'vitest';
import { choicesFor } from '../../../../contract/suiteBuilder.ts';
import { choiceGroups } from './choiceGroups.ts';

const parts = {
  encryption: 'aes256',
  integrity: 'sha256',
  prf: '',
  keyExchange: 'modp2048',
  secrecy: 'always',
} as const;

test('common choices come first, weak ones after the others, impossible ones last with the reason', () => {
  const choices = choicesFor('encryption', parts, { phase: 'ike', ikeVersion: 1 });
  const groups = choiceGroups(choices);
  expect(groups.slice(0, 3).map(({ label }) => label)).toEqual(['Common', 'Others', 'Weak']);
  expect(groups[0]?.options.map(({ value }) => value)).toEqual(['aes128', 'aes192', 'aes256']);
  expect(groups[2]?.options.map(({ value }) => value)).toContain('3des');
  const impossible = groups.find(({ label }) => label === 'Not here: IKEv1 has no number for it');
  expect(impossible).toMatchObject({ disabled: true });
  expect(impossible?.options.map(({ label }) => label)).toContain('AES-256 GCM');
  const all = groups.flatMap(({ options }) => options.map(({ value }) => value));
  expect(all.toSorted()).toEqual(choices.map(({ keyword }) => keyword).toSorted());
});

test('a short list isn’t taken apart', () => {
  const secrecy = choicesFor('secrecy', parts, { phase: 'esp', ikeVersion: 2 });
  expect(choiceGroups(secrecy).map(({ options }) => options.length)).toEqual([3]);
});
