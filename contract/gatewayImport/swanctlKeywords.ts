import { fixed, ignored, refused, type Finding } from './findings.ts';
import { uniqueIds } from './ipsecKeywords.ts';
import { readYesNo } from './readTimes.ts';

type Say = (value: string) => Finding;

const aside =
  (note?: string): Say =>
  () =>
    ignored(note);
const never =
  (note: string): Say =>
  () =>
    refused(note);
const either =
  (yes: Finding, no: Finding): Say =>
  (value) =>
    (readYesNo(value) ?? true) ? yes : no;
const itself = aside('The gateway’s own affair.');
const certificate = aside('Belongs to certificates, which aren’t used with a pre-shared key.');
const rekeying = aside('When the gateway itself renews keys. Replicas renew in time on their own.');
const mediation = never('Mediated connections can’t be made here.');
const port: Say = (value) =>
  value === '500' || value === '4500' ? fixed() : refused('Replicas use UDP 500 and 4500 only.');

const named = (say: Say, ...keys: string[]): [string, Say][] => keys.map((key) => [key, say]);

/** What settings of a connection mean where nothing of it goes into the form. */
export const connectionKeywords: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['local_port', port],
  ['remote_port', port],
  [
    'aggressive',
    either(
      refused(
        'Aggressive mode lets anybody guess at the key offline. Replicas use main mode only: set it to no.',
      ),
      fixed(),
    ),
  ],
  ['pull', either(fixed(), refused('Replicas ask for their address: set it to yes.'))],
  ['mobike', either(ignored('Replicas don’t move, so it isn’t used.'), fixed())],
  ['unique', uniqueIds],
  ['fragmentation', () => fixed()],
  [
    'childless',
    (value) =>
      value === 'force' ? refused('Replicas set up IKE and ESP in one go: set it to allow.') : fixed(),
  ],
  ['keyingtries', aside('How often the gateway tries; replicas try for ever.')],
  ['dpd_timeout', aside('How long the gateway waits for a silent replica.')],
  ['ppk_id', never('Replicas have no post-quantum key.')],
  ['ppk_required', either(refused('Replicas have no post-quantum key: set it to no.'), fixed())],
  ...named(rekeying, 'rand_time'),
  ...named(certificate, 'send_certreq', 'send_cert', 'ocsp'),
  ...named(mediation, 'mediation', 'mediated_by', 'mediation_peer'),
  ...named(itself, 'dscp', 'if_id_in', 'if_id_out'),
]);

/** What settings of a child mean, likewise. */
export const childKeywords: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['mode', (value) => (value === 'tunnel' ? fixed() : refused(`Replicas make tunnels: set mode to tunnel.`))],
  ['ah_proposals', never('AH doesn’t encrypt, and doesn’t pass NAT. Replicas use ESP only.')],
  ['sha256_96', either(refused('It cuts SHA-256 to 96 bits, which replicas don’t.'), fixed())],
  ['ipcomp', either(refused('Replicas don’t compress (IPComp). Set it to no, or leave it out.'), fixed())],
  ['updown', aside('A command that the gateway runs. It is neither copied nor run here.')],
  ['hostaccess', aside('The gateway opens its firewall for each tunnel.')],
  [
    'start_action',
    (value) =>
      /^(?:none|)$/.test(value) ? fixed() : ignored('Replicas connect; the gateway only has to wait.'),
  ],
  ['dpd_action', aside('What the gateway does about a silent replica: clear is best.')],
  ['close_action', aside('What the gateway does when a tunnel ends; replicas come back by themselves.')],
  ['inactivity', aside('The gateway ends tunnels without traffic; replicas come back.')],
  ['interface', itself],
  ...named(
    rekeying,
    'rand_time',
    'rekey_bytes',
    'rekey_packets',
    'life_bytes',
    'life_packets',
    'rand_bytes',
    'rand_packets',
  ),
  ...named(itself, 'policies', 'policies_fwd_out', 'reqid', 'priority', 'mark_in', 'mark_in_sa', 'mark_out'),
  ...named(
    itself,
    'set_mark_in',
    'set_mark_out',
    'if_id_in',
    'if_id_out',
    'label',
    'label_mode',
    'tfc_padding',
  ),
  ...named(
    itself,
    'replay_window',
    'hw_offload',
    'copy_df',
    'copy_ecn',
    'copy_dscp',
    'per_cpu_sas',
    'trap_per_cpu',
  ),
]);

/** How one side proves who it is. */
export const endKeywords: ReadonlyMap<string, Say> = new Map<string, Say>([
  [
    'auth',
    (value) =>
      value === 'psk'
        ? fixed()
        : refused('Replicas sign in with the pre-shared key only: set auth to psk on both sides.'),
  ],
  [
    'round',
    (value) => (/^[01]?$/.test(value) ? fixed() : refused('Replicas sign in once: a second round can’t be.')),
  ],
  ...named(
    certificate,
    'certs',
    'cert',
    'pubkeys',
    'cacerts',
    'cacert',
    'revocation',
    'cert_policy',
    'ca_id',
  ),
  ...named(
    never('A second sign-in (XAuth or EAP). Replicas have the pre-shared key only.'),
    'eap_id',
    'aaa_id',
    'xauth_id',
    'groups',
  ),
]);
