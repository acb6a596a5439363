import { parseAddress } from '../addresses.ts';
import { parsePeerId } from '../peerIds.ts';
import { parsePeerAddress } from '../peers.ts';
import { shown } from '../shownText.ts';
import { fixed, ignored, mapped, refused, understood, type Report } from './findings.ts';
import type { LinedText } from './readSubnets.ts';

export type Identity = { peerIp?: string; peerId?: string | null };

type Context = { allowPrivatePeers: boolean; report: Report };

/** Far above what an address or identity can have. */
const LENGTH_MAX = 300;

/** `%any`, `%defaultroute`, `0.0.0.0`: whichever address the gateway has. */
export const isAnyAddress = (text: string): boolean =>
  text.startsWith('%') || /^(?:0\.0\.0\.0|::|0\.0\.0\.0\/0|::\/0)$/.test(text);

/** What the gateway listens on; `own`: as it is there, `public`: if replicas can reach it by that. */
function readAddress(
  address: LinedText,
  { allowPrivatePeers, report }: Context,
): { own?: string; public?: string } {
  const { text, line } = address;
  if (text === '' || isAnyAddress(text)) {
    report.say(line, fixed('Whichever address the gateway has.'));
    return {};
  }
  if (text.length > LENGTH_MAX || /[,\s]/.test(text)) {
    report.say(
      line,
      refused('Several addresses: enter the one that replicas reach the gateway by.', 'peerIp'),
    );
    return {};
  }
  const own = parseAddress(text);
  if (!own.ok) {
    report.say(line, refused(own.refusal.message, 'peerIp'));
    return {};
  }
  const reachable = parsePeerAddress(text, { allowPrivatePeers });
  if (reachable.ok) {
    report.say(line, understood('peerIp'));
    return { own: own.value.text, public: own.value.text };
  }
  const note =
    reachable.refusal.code === 'peer_private'
      ? 'A private address: the gateway is behind NAT. Enter the public one that replicas reach it by.'
      : reachable.refusal.message;
  report.say(line, reachable.refusal.code === 'peer_private' ? ignored(note) : refused(note, 'peerIp'));
  return { own: own.value.text };
}

/** How the files mark kinds of identities: `@@user@host` (Libreswan: one `@`), `fqdn:name`. */
function plainId(text: string): string {
  const typed = /^(?:fqdn|dns|email|rfc822|ipv4|ipv6):#?(?=[^#])(.+)$/i.exec(text)?.[1];
  return typed ?? (/^@[^#].*@/.test(text) ? text.replace(/^@+/, '') : text);
}

/**
 * The gateway's address and what it calls itself, from its own address and identity in the file. Where it has none, its
 * address is its identity; where it has no fixed address, an identity that is a public address is that.
 */
export function readIdentity(
  address: LinedText | undefined,
  id: LinedText | undefined,
  context: Context,
): Identity {
  const { report } = context;
  const found = address ? readAddress(address, context) : {};
  if (id === undefined || id.text === '') {
    if (found.public !== undefined) return { peerIp: found.public, peerId: null };
    if (found.own === undefined || address === undefined) return {};
    const parsed = parsePeerId(found.own);
    if (!parsed.ok) return {};
    report.say(
      address.line,
      mapped('peerId', 'The gateway calls itself by it, since no other identity is set.'),
    );
    return { peerId: parsed.value };
  }
  const { line } = id;
  const known = found.public === undefined ? {} : { peerIp: found.public };
  const parsed = parsePeerId(plainId(id.text.slice(0, LENGTH_MAX)));
  if (!parsed.ok) {
    report.say(line, refused(parsed.refusal.message, 'peerId'));
    return known;
  }
  const identity = parsed.value;
  if (identity === found.public) {
    report.say(line, understood('peerIp', 'The same as the peer IP, so the form’s peer ID stays empty.'));
    return { peerIp: identity, peerId: null };
  }
  const reachable = parsePeerAddress(identity, { allowPrivatePeers: context.allowPrivatePeers });
  if (found.public === undefined && reachable.ok) {
    report.say(
      line,
      understood('peerIp', 'The gateway calls itself by this address, which is taken as the peer IP.'),
    );
    return { peerIp: identity, peerId: null };
  }
  const note = identity === id.text ? undefined : `Here that is ${shown(identity)}.`;
  report.say(line, note === undefined ? understood('peerId') : mapped('peerId', note));
  return { ...known, peerId: identity };
}
