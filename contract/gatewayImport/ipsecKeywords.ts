import { fixed, ignored, refused, type Finding } from './findings.ts';
import { readYesNo } from './readTimes.ts';

type Say = (value: string) => Finding;

const always =
  (finding: Finding): Say =>
  () =>
    finding;
const either =
  (yes: Finding, no: Finding): Say =>
  (value) =>
    (readYesNo(value) ?? true) ? yes : no;

const aside = (note: string): Say => always(ignored(note));

const itself = always(ignored('The gateway’s own affair.'));
const rekeying = always(ignored('When the gateway itself renews keys. Replicas renew in time on their own.'));
const volume = always(ignored('The gateway renews keys by volume as well; replicas follow.'));
const certificate = always(ignored('Belongs to certificates, which aren’t used with a pre-shared key.'));
const secondRound = always(
  refused(
    'A second sign-in (XAuth or EAP). Replicas have the pre-shared key only: the gateway must not ask for more.',
  ),
);
const mediation = always(refused('Mediated connections can’t be made here.'));

const authentication: Say = (value) => {
  const methods = value.split(/[|,\s]+/).filter((method) => method !== '');
  const shared = methods.some((method) => /^(?:psk|secret)$/.test(method));
  if (shared && methods.length === 1) return fixed();
  if (shared) return fixed('Of these, the pre-shared key is used.');
  return refused(
    `“${value.slice(0, 40)}” isn’t a pre-shared key, which is how replicas sign in. Set it to secret.`,
  );
};

const start: Say = (value) => {
  if (value === 'add') return fixed();
  if (/^(?:ignore|none)$/.test(value))
    return refused('The gateway doesn’t load this connection. Set auto=add.');
  return ignored('Replicas connect; the gateway only has to wait: auto=add does.');
};

const type: Say = (value) =>
  value === 'tunnel'
    ? fixed()
    : refused(
        `Replicas make tunnels. With type=${value.slice(0, 40)}, the gateway refuses them: set type=tunnel.`,
      );

/** What the gateway does when an identity connects a second time. */
export function uniqueIds(value: string): Finding {
  if (/^(?:never|no)$/.test(value)) return fixed('Several replicas can be connected at once.');
  return ignored(
    'The gateway ends a tunnel when the same identity comes again. Replicas have identities of their own, but never is safer.',
  );
}

/** What a keyword of a `conn` means where nothing of it goes into the form; of strongSwan and of Libreswan. */
export const connKeywords: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['auto', start],
  ['type', type],
  ['authby', authentication],
  ['auth', (value) => (value === 'ah' ? refused('Replicas use ESP only.') : fixed())],
  [
    'aggressive',
    either(
      refused(
        'Aggressive mode lets anybody guess at the key offline. Replicas use main mode only: set it to no.',
      ),
      fixed(),
    ),
  ],
  [
    'aggrmode',
    either(refused('Aggressive mode lets anybody guess at the key offline. Set it to no.'), fixed()),
  ],
  ['compress', either(refused('Replicas don’t compress (IPComp). Set it to no, or leave it out.'), fixed())],
  ['ah', always(refused('AH doesn’t encrypt, and doesn’t pass NAT. Replicas use ESP only.'))],
  ['phase2', (value) => (value === 'esp' ? fixed() : refused('Replicas use ESP only.'))],
  [
    'esn',
    (value) =>
      value === 'yes' ? refused('Replicas can’t use extended sequence numbers. Allow no as well.') : fixed(),
  ],
  ['narrowing', either(fixed(), ignored('Replicas ask for exactly the peer subnets.'))],
  ['mobike', either(ignored('Replicas don’t move, so it isn’t used.'), fixed())],
  ['fragmentation', always(fixed())],
  [
    'modeconfig',
    (value) => (value === 'push' ? refused('Replicas ask for their address: set modeconfig=pull.') : fixed()),
  ],
  ['modecfgpull', either(fixed(), refused('Replicas ask for their address: set it to yes.'))],
  ['rekey', either(fixed(), fixed('The gateway leaves renewing keys to the replicas.'))],
  ['installpolicy', either(fixed(), ignored('The gateway leaves its routing to something else.'))],
  ['sha256_96', either(refused('It cuts SHA-256 to 96 bits, which replicas don’t.'), fixed())],
  ['sha2-truncbug', either(refused('It cuts SHA-256 to 96 bits, which replicas don’t.'), fixed())],
  ['keyingtries', aside('How often the gateway tries; replicas try for ever.')],
  ['dpdaction', aside('What the gateway does about a silent replica: clear is best.')],
  ['dpdtimeout', aside('How long the gateway waits for a silent replica.')],
  ['closeaction', aside('What the gateway does when a tunnel ends; replicas come back by themselves.')],
  ['inactivity', aside('The gateway ends tunnels without traffic; replicas come back.')],
  ['uniqueids', uniqueIds],
  ...['margintime', 'rekeymargin', 'rekeyfuzz', 'reauth', 'reauth_time'].map(
    (key) => [key, rekeying] as const,
  ),
  ...['lifebytes', 'lifepackets', 'marginbytes', 'marginpackets'].map((key) => [key, volume] as const),
  ...['xauth', 'xauth_identity', 'eap', 'eap_identity', 'aaa_identity', 'xauthby', 'xauthfail'].map(
    (key) => [key, secondRound] as const,
  ),
  ...['mediation', 'mediated_by', 'me_peerid'].map((key) => [key, mediation] as const),
  ...[
    'ikedscp',
    'mark',
    'mark_in',
    'mark_out',
    'reqid',
    'tfc',
    'replay_window',
    'replay-window',
    'initial-contact',
    'send-vendorid',
    'metric',
    'mtu',
    'priority',
    'connalias',
    'send_vendor_id',
    'decap-dscp',
    'nopmtudisc',
    'vti-interface',
    'vti-routing',
    'ipsec-interface',
    'failureshunt',
    'negotiationshunt',
    'nat-ikev1-method',
    'nic-offload',
    'clones',
    'modecfgdns',
    'modecfgdomains',
    'modecfgbanner',
    'rekeywindow',
    'retransmit-timeout',
    'retransmit-interval',
  ].map((key) => [key, itself] as const),
]);

/** Keywords that begin with left or right, without that. */
export const sideKeywords: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['auth', authentication],
  ...['auth2', 'xauthserver', 'xauthclient', 'xauthusername', 'username', 'groups', 'groups2', 'id2'].map(
    (key) => [key, key.startsWith('xauth') ? either(secondRound(''), fixed()) : secondRound] as const,
  ),
  ...[
    'cert',
    'cert2',
    'ca',
    'ca2',
    'sendcert',
    'certpolicy',
    'sigkey',
    'rsasigkey',
    'ckaid',
    'rsasigkey2',
  ].map((key) => [key, certificate] as const),
  ['updown', aside('A command that the gateway runs. It is neither copied nor run here.')],
  ['firewall', aside('The gateway opens its firewall for each tunnel.')],
  ['hostaccess', itself],
  ['nexthop', itself],
  ['interface', itself],
  ['vti', itself],
  ['allowany', itself],
  ['dns', aside('Replicas keep their own name servers.')],
  [
    'protoport',
    always(refused('It lets through one protocol or port. Replicas ask for the whole subnet: leave it out.')),
  ],
  ['ikeport', always(refused('Replicas use UDP 500 and 4500 only.'))],
  ['modecfgserver', always(fixed())],
  ['modecfgclient', always(fixed())],
  ['subnetwithin', always(refused('No longer known to strongSwan. Use leftsubnet.'))],
]);

/** `config setup`: concerns the gateway as a whole. */
export function setupFinding(key: string, value: string): Finding {
  if (key === 'uniqueids') return uniqueIds(value);
  if (/^ikev1[-_]policy$/.test(key) && value !== 'accept') {
    return ignored('The gateway doesn’t speak IKEv1.');
  }
  return ignored();
}
