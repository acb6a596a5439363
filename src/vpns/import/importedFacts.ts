import type { ImportedConnection } from '../../../contract/gatewayImport/imported.ts';
import { durationWords } from '../../ui/durationWords.ts';
import type { FieldName } from '../form/checkForm.ts';

/** A field that a file fills: what it is called in the form, and its new value to read. */
export type ImportedFact = { field: FieldName; label: string; text: string; mono?: true };

const mono = (field: FieldName, label: string, text: string | undefined): ImportedFact[] =>
  text === undefined ? [] : [{ field, label, text, mono: true }];
const words = (field: FieldName, label: string, text: string | undefined): ImportedFact[] =>
  text === undefined ? [] : [{ field, label, text }];
const list = (items: readonly string[] | undefined) => items?.join('\n');
const duration = (seconds: number | undefined) =>
  seconds === undefined ? undefined : durationWords(seconds);

/** What goes into the form, in the order of the page. The key is only said to be there. */
export function importedFacts({ settings, preSharedKey }: ImportedConnection): ImportedFact[] {
  const { ike, esp, peerId, udpEncapsulation } = settings;
  return [
    ...words('name', 'Name', settings.name),
    ...words(
      'preSharedKey',
      'Pre-Shared Key',
      preSharedKey === null ? undefined : 'As in the file; it stays in the form',
    ),
    ...words('ike.version', 'IKE version', ike?.version === undefined ? undefined : `IKEv${ike.version}`),
    ...words('ike.lifetimeSeconds', 'IKE lifetime', duration(ike?.lifetimeSeconds)),
    ...mono('ike.proposals', 'IKE cipher suites', list(ike?.proposals)),
    ...words('esp.lifetimeSeconds', 'ESP lifetime', duration(esp?.lifetimeSeconds)),
    ...mono('esp.proposals', 'ESP cipher suites', list(esp?.proposals)),
    ...mono('peerIp', 'Peer IP', settings.peerIp),
    ...mono('peerSubnets', 'Peer subnets', list(settings.peerSubnets)),
    ...(peerId === null ? words('peerId', 'Peer ID', 'The peer IP') : mono('peerId', 'Peer ID', peerId)),
    ...words(
      'udpEncapsulation',
      'UDP encapsulation',
      udpEncapsulation === undefined ? undefined : udpEncapsulation ? 'Always' : 'Only behind NAT',
    ),
    ...words('dpdDelaySeconds', 'Dead peer detection', duration(settings.dpdDelaySeconds)),
  ];
}
