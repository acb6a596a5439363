import { expect, test } from 'vitest';
import type { ImportedConnection } from '../../../contract/gatewayImport/imported.ts';
import { vpnDefaults } from '../../../contract/vpns.ts';
import { toFormValues } from '../form/values.ts';
import { fillForm } from './fillForm.ts';
import { importedFacts } from './importedFacts.ts';

const connection: ImportedConnection = {
  name: 'office',
  settings: {
    name: 'office',
    ike: { version: 1, proposals: ['aes256-sha256-modp3072'] },
    esp: { lifetimeSeconds: 7200 },
    peerIp: '1.2.3.4',
    peerId: null,
    peerSubnets: ['10.1.0.0/16', '10.2.0.0/16'],
  },
  pool: '10.200.0.0/24',
  preSharedKey: 'a key of the gateway',
  missing: [],
};
const typed = { ...toFormValues(vpnDefaults), peerId: 'gw', dpdDelaySeconds: 99 };

test('what the file says is put in, and the rest stays', () => {
  expect(fillForm(typed, connection)).toEqual({
    ...typed,
    name: 'office',
    preSharedKey: 'a key of the gateway',
    ike: { version: 1, lifetimeSeconds: 3600, proposals: ['aes256-sha256-modp3072'] },
    esp: { lifetimeSeconds: 7200, proposals: ['aes256-sha256-modp2048'] },
    peerIp: '1.2.3.4',
    peerId: '',
    peerSubnets: ['10.1.0.0/16', '10.2.0.0/16'],
  });
});

test('a name that is typed already stays, and so does a key where the file has none', () => {
  const named = { ...typed, name: 'Berlin office', preSharedKey: 'typed' };
  expect(fillForm(named, { ...connection, preSharedKey: null })).toMatchObject({
    name: 'Berlin office',
    preSharedKey: 'typed',
  });
});

test('the facts name what is filled in the order of the page, and never show the key', () => {
  const facts = importedFacts(connection);
  expect(facts.map(({ label, text }) => [label, text])).toEqual([
    ['Name', 'office'],
    ['Pre-Shared Key', 'As in the file; it stays in the form'],
    ['IKE version', 'IKEv1'],
    ['IKE cipher suites', 'aes256-sha256-modp3072'],
    ['ESP lifetime', '2 hours'],
    ['Peer IP', '1.2.3.4'],
    ['Peer subnets', '10.1.0.0/16\n10.2.0.0/16'],
    ['Peer ID', 'The peer IP'],
  ]);
});
