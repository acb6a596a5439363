import type { Duplex } from 'node:stream';
import type { PortVisit } from '../gateway/portGateway.ts';
import type { Exchange } from './portAnswer.ts';
import type { Arrival } from './portHeaders.ts';
import type { PortLimits } from './portLimits.ts';

/** An admitted request on its way to the app. */
export type Passage = Exchange & {
  visit: PortVisit;
  arrival: Arrival;
  limits: PortLimits;
  /** The socket, and what came behind the head of the request, where it asks for another protocol. */
  tunnel: { socket: Duplex; head: Buffer } | null;
};
