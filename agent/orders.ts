import type { FromAgent, ToAgent } from '../contract/agentProtocol.ts';
import type { Ipsec } from './ipsec/ipsec.ts';
import type { Log } from './log.ts';
import type { Ports } from './ports/ports.ts';
import type { AgentState } from './state.ts';
import type { TrialOrders } from './trialOrders.ts';
import { verify } from './verify.ts';

/** What the server tells an agent to do, after the welcome. */
export type Order = Exclude<ToAgent, { type: 'welcome' }>;

/** Carries out the server's orders; `send` takes the answers. Nothing throws. */
export function createOrders(options: {
  ipsec: Ipsec;
  ports: Pick<Ports, 'open'>;
  trials: TrialOrders;
  state: AgentState;
  log: Log;
  send: (message: FromAgent) => void;
}): (order: Order) => void {
  const { ipsec, ports, trials, state, log, send } = options;
  let kept = JSON.stringify(state.desired);

  const apply = ({ vpns, changes = [] }: Extract<Order, { type: 'desired' }>): void => {
    const desired = { vpns, changes };
    const text = JSON.stringify(desired);
    if (text !== kept) {
      kept = text;
      state.storeDesired(desired).catch((error: unknown) => {
        kept = '';
        log.error({ error }, 'The wanted VPNs could not be kept: after a restart they need the server.');
      });
    }
    ipsec.apply(vpns, changes);
  };

  const rotate = async (tokenId: string, token: string): Promise<void> => {
    try {
      await state.storeToken(token);
      send({ type: 'token-stored', tokenId });
      log.info({ tokenId }, 'The join token was rotated.');
    } catch (error) {
      log.error({ tokenId, error }, 'The rotated join token could not be kept: the old one stays in use.');
    }
  };

  return (order) => {
    switch (order.type) {
      case 'desired':
        return apply(order);
      case 'verify':
        return void verify(order, ipsec.source(order.vpnId)?.virtualIp ?? null).then(send);
      case 'retry':
        return ipsec.retry(order.vpnId);
      case 'try':
        return trials.run(order);
      case 'stop-trying':
        return trials.stop(order.id);
      case 'open':
        return ports.open(order);
      case 'token':
        return void rotate(order.tokenId, order.token);
    }
  };
}
