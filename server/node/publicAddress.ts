import { parsePeerAddress } from '../../contract/peers.ts';

/** Whether an address, as DNS gives it, is one on the public internet. */
export const isPublicAddress = (text: string): boolean =>
  parsePeerAddress(text.split('%', 1)[0] ?? '', { allowPrivatePeers: false }).ok;
