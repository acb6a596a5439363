import type { DesiredVpn, SafeChange, ToAgent } from '../contract/agentProtocol.ts';
import { flag, integer, listOf, objectOf, oneOf, orAbsent, orNull, text } from './shapes.ts';
import type { Shape } from './shapes.ts';

export const desiredVpn: Shape<DesiredVpn> = objectOf<DesiredVpn>({
  id: text,
  name: text,
  revision: integer,
  ike: objectOf<DesiredVpn['ike']>({
    version: oneOf(1, 2),
    lifetimeSeconds: integer,
    proposals: listOf(text, 1),
  }),
  esp: objectOf<DesiredVpn['esp']>({ lifetimeSeconds: integer, proposals: listOf(text, 1) }),
  preSharedKey: text,
  peerIp: text,
  peerId: text,
  localId: text,
  peerSubnets: listOf(text, 1),
  udpEncapsulation: flag,
  dpdDelaySeconds: integer,
});

export const safeChange: Shape<SafeChange> = objectOf<SafeChange>({
  vpnId: text,
  previous: desiredVpn,
  limitMs: integer,
  check: orNull(objectOf<NonNullable<SafeChange['check']>>({ address: text, port: orNull(integer) })),
});

type Named = { id: string; name: string };
const named: Shape<Named> = objectOf<Named>({ id: text, name: text });

const shapes: { readonly [Type in ToAgent['type']]: Shape<Extract<ToAgent, { type: Type }>> } = {
  welcome: objectOf({ type: oneOf('welcome'), replica: named, workspace: named }),
  desired: objectOf<Extract<ToAgent, { type: 'desired' }>>({
    type: oneOf('desired'),
    vpns: listOf(desiredVpn),
    changes: orAbsent(listOf(safeChange)),
  }),
  try: objectOf({ type: oneOf('try'), id: text, vpn: desiredVpn, timeoutMs: integer }),
  'stop-trying': objectOf({ type: oneOf('stop-trying'), id: text }),
  verify: objectOf({
    type: oneOf('verify'),
    id: text,
    vpnId: text,
    address: text,
    port: orNull(integer),
    timeoutMs: integer,
  }),
  retry: objectOf({ type: oneOf('retry'), vpnId: text }),
  open: objectOf({ type: oneOf('open'), stream: text, port: integer }),
  token: objectOf({ type: oneOf('token'), tokenId: text, token: text }),
};

export type ReadMessage =
  | { kind: 'message'; value: ToAgent }
  /** A type this agent has never heard of, from a newer server: passed over. */
  | { kind: 'unknown' }
  /** `problem` says what is wrong, never what stands there: messages hold pre-shared keys. */
  | { kind: 'invalid'; problem: string };

const typed = objectOf<{ type: string }>({ type: text });

/** Reads one text message of the server. */
export function readMessage(line: string): ReadMessage {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { kind: 'invalid', problem: 'not JSON' };
  }
  if (!typed(json)) return { kind: 'invalid', problem: 'no type' };
  const { type } = json;
  if (!isKnown(type)) return { kind: 'unknown' };
  const shape: Shape<ToAgent> = shapes[type];
  return shape(json)
    ? { kind: 'message', value: json }
    : { kind: 'invalid', problem: `not a ${type} message` };
}

const isKnown = (type: string): type is ToAgent['type'] => Object.hasOwn(shapes, type);
