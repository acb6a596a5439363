import { expect, test } from 'vitest';
import { guideWith, rendered } from './testing/settings.ts';

test.each([
  ['gw@example.com', 'gw@example.com'],
  ['vpn.example.com', '@vpn.example.com'],
  ['10.0.0.1', '10.0.0.1'],
])('the peer ID %s is written so that Libreswan takes it for what it is', (peerId, written) => {
  const text = rendered('libreswan', guideWith({ peerId }), { preSharedKey: 'correct-horse' });
  expect(text).toContain(`\n  rightid=${written}\n`);
  expect(text).toContain(`\n${written} : PSK "correct-horse"\n`);
});
