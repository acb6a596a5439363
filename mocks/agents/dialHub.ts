import { ToAgent } from '../../contract/agentProtocol.ts';
import type { AgentHub } from '../../server/agents/hub.ts';
import type { Dial } from './fleet.ts';

export type Line = {
  dial: Dial;
  /** Resolves when everything the agents said is stored, and everything they should hear has reached them. */
  settled(): Promise<void>;
};

/** Connects agents to the hub as its WebSocket transport does, with the text messages of the protocol. */
export function lineTo(hub: AgentHub): Line {
  const inFlight = new Set<Promise<void>>();

  const dial: Dial = async (token, onMessage, onClose) => {
    const found = await hub.authenticate(token);
    if (!found.ok) throw new Error(`The hub refuses the join token: ${found.problem}.`);
    const attached = hub.attach(found.access, {
      send: (text) => {
        onMessage(ToAgent.parse(JSON.parse(text)));
      },
      close: () => {
        attached.closed();
        onClose();
      },
    });
    return {
      receive: (message) => {
        const handled = attached.receive(JSON.stringify(message)).finally(() => inFlight.delete(handled));
        inFlight.add(handled);
      },
      closed: () => {
        attached.closed();
      },
    };
  };

  return {
    dial,
    settled: async () => {
      do {
        await Promise.all(inFlight);
        await hub.settled();
      } while (inFlight.size > 0);
    },
  };
}
