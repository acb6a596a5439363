import { parseAddress, type Address } from './addresses.ts';
import { accept, refuse, type Result } from './result.ts';

/** The gateway's address: one literal public unicast address, or a private one where the operator allows it. */
export function parsePeerAddress(text: string, _policy: { allowPrivatePeers: boolean }): Result<Address> {
  return parseAddress(text);
}

/** The identity that the gateway shows. */
export function parsePeerId(text: string): Result<string> {
  return /^[\w.@:-]+$/.test(text)
    ? accept(text)
    : refuse({ code: 'peer_id_invalid', message: 'Not an identity.' });
}
