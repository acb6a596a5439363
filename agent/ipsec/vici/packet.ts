import { ViciError } from './error.ts';
import { Cursor, decodeMessage, encodeMessage, encodeName, type ViciMessage } from './message.ts';

/**
 * What one transport segment holds. Client to charon: request, register, unregister. Charon to client: the others.
 * Source: strongSwan 5.9, src/libcharon/plugins/vici/README.md, "Packet layer".
 */
export type ViciPacket =
  | { type: 'request'; name: string; message: ViciMessage }
  | { type: 'response'; message: ViciMessage }
  | { type: 'unknown-command' }
  | { type: 'register'; name: string }
  | { type: 'unregister'; name: string }
  | { type: 'confirm' }
  | { type: 'unknown-event' }
  | { type: 'event'; name: string; message: ViciMessage };

const order = [
  'request',
  'response',
  'unknown-command',
  'register',
  'unregister',
  'confirm',
  'unknown-event',
  'event',
] as const satisfies readonly ViciPacket['type'][];

/** The segment without its length header. Throws ViciError `too-large` only. */
export function encodePacket(packet: ViciPacket): Buffer {
  return Buffer.concat([
    Buffer.of(order.indexOf(packet.type)),
    'name' in packet ? encodeName(packet.name) : Buffer.alloc(0),
    'message' in packet ? encodeMessage(packet.message) : Buffer.alloc(0),
  ]);
}

/** Reads a segment without its length header. Throws ViciError `malformed` only. */
export function decodePacket(segment: Uint8Array): ViciPacket {
  const cursor = new Cursor(segment);
  const type = order[cursor.byte()];
  switch (type) {
    case 'request':
    case 'event': {
      const name = cursor.name();
      return { type, name, message: decodeMessage(cursor.rest()) };
    }
    case 'response':
      return { type, message: decodeMessage(cursor.rest()) };
    case 'register':
    case 'unregister': {
      const name = cursor.name();
      return atEnd(cursor, { type, name });
    }
    case 'unknown-command':
    case 'confirm':
    case 'unknown-event':
      return atEnd(cursor, { type });
    default:
      throw new ViciError('malformed', 'No such packet type.');
  }
}

function atEnd(cursor: Cursor, packet: ViciPacket): ViciPacket {
  if (!cursor.atEnd()) throw new ViciError('malformed', `A ${packet.type} packet is longer than it can be.`);
  return packet;
}
