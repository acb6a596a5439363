import { expect, test } from 'vitest';
import { technicalParts } from './technicalParts.ts';

const found = (text: string) =>
  technicalParts(text)
    .filter((part) => part.technical)
    .map((part) => part.text);

test.each([
  ['The gateway accepts none of the ESP suites offered: aes256gcm16-ecp384.', ['aes256gcm16-ecp384']],
  ['Allow esp=aes256-sha256-modp2048 for this connection.', ['esp=aes256-sha256-modp2048']],
  ['Allow a connection from any address (right=%any).', ['right=%any']],
  ['It has no route for 10.250.0.0/24 at 1.2.3.4.', ['10.250.0.0/24', '1.2.3.4']],
  [
    'It doesn’t accept the identity api-2.kydh7ldemndbvktdvpsm.culvert.',
    ['api-2.kydh7ldemndbvktdvpsm.culvert'],
  ],
  ['The gateway answers NO_PROPOSAL_CHOSEN.', ['NO_PROPOSAL_CHOSEN']],
  ['It asked for modp2048, not fd00::/64.', ['modp2048', 'fd00::/64']],
  ['Nothing comes back; describe the null hypothesis at 10:30.', []],
  ['The sides know each other (IKE is up).', []],
])('%s', (text, technical) => {
  expect(found(text)).toEqual(technical);
});

test('nothing of the sentence is lost', () => {
  const text = 'Allow ike=aes256-sha256-modp2048 from 10.0.0.1, then wait.';
  expect(
    technicalParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
