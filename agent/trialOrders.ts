import type { FromAgent, ToAgent } from '../contract/agentProtocol.ts';
import type { Ipsec } from './ipsec/ipsec.ts';

export type TrialOrders = {
  run(order: Extract<ToAgent, { type: 'try' }>): void;
  stop(id: string): void;
  /** The server is gone, and with it whoever waits for an outcome. */
  disconnected(): void;
};

/** Carries out the server's `try` and `stop-trying`; `send` takes the answers. Nothing throws. */
export function createTrialOrders({
  ipsec,
  send,
}: {
  ipsec: Pick<Ipsec, 'tryOut'>;
  send: (message: FromAgent) => void;
}): TrialOrders {
  const running = new Map<string, AbortController>();
  return {
    run: ({ id, vpn, timeoutMs }) => {
      const stop = new AbortController();
      running.set(id, stop);
      void ipsec.tryOut(vpn, { timeoutMs, signal: stop.signal }).then((result) => {
        running.delete(id);
        send({ type: 'tried', id, ...result });
      });
    },
    stop: (id) => {
      running.get(id)?.abort();
    },
    disconnected: () => {
      for (const stop of running.values()) stop.abort();
    },
  };
}
