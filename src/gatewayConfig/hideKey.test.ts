import { expect, test } from 'vitest';
import { gatewayKinds } from '../../contract/gatewayConfig/document.ts';
import { documentText, renderGateway } from '../../contract/gatewayConfig/render.ts';
import { vpnDefaults } from '../../contract/vpns.ts';
import { hideKey, lacksKey } from './hideKey.ts';

const settings = { ...vpnDefaults, name: 'Office', peerIp: '198.51.100.1', peerSubnets: ['10.1.0.0/16'] };
const preSharedKey = 'CorrectHorseBatteryStaple123';

test.each(gatewayKinds)('in a configuration for %s the key is hidden, and all else is as it was', (kind) => {
  const without = renderGateway(kind, settings);
  const document = renderGateway(kind, settings, { preSharedKey });
  expect(lacksKey(without)).toBe(true);
  expect(lacksKey(document)).toBe(false);
  expect(documentText(document)).toContain(preSharedKey);
  const shown = documentText(hideKey(document, without));
  expect(shown).not.toContain(preSharedKey);
  // Apart from the quotes that a key stands in on some.
  const rest = (text: string) => text.replaceAll(preSharedKey, '').replaceAll(/[•"]/g, '');
  expect(rest(shown)).toBe(rest(documentText(document)));
});
