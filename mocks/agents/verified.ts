import type { FromAgent, ToAgent } from '../../contract/agentProtocol.ts';
import type { Outcome } from './outcome.ts';

type Verify = Extract<ToAgent, { type: 'verify' }>;
type Verified = Extract<FromAgent, { type: 'verified' }>;

/**
 * What a replica finds at an address behind the gateway, in the agent's words. Hosts ending in .66 refuse TCP connections,
 * hosts ending in .99 never answer, and nothing answers where nothing comes back; everything else does.
 */
export function verified(check: Verify, tunnel: Outcome | undefined): Verified {
  const answer = { type: 'verified', id: check.id, roundTripMs: null } as const;
  const failed = (code: string, message: string): Verified => ({ ...answer, state: 'failed', code, message });
  const { address, port } = check;
  if (tunnel?.kind !== 'up') return failed('no_tunnel', 'The tunnel is not up on this replica.');
  if (tunnel.warning !== undefined || address.endsWith('.99'))
    return failed('timeout', `No answer from ${address} within ${check.timeoutMs / 1000} seconds.`);
  if (port !== null && address.endsWith('.66'))
    return failed(
      'refused',
      `${address} refuses connections on port ${port}: nothing listens there, or a firewall refuses it.`,
    );
  const message = `${port === null ? 'Answered' : 'Connected'} in 12 ms`;
  return { ...answer, state: 'succeeded', code: null, message, roundTripMs: 12.4 };
}
