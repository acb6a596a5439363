import { createInterface } from 'node:readline';
import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import { createIpsec } from '../../agent/ipsec/ipsec.ts';
import type { TrialResult } from '../../agent/ipsec/trial/trials.ts';

/** What the tests tell it, one JSON object a line. */
export type ToHost =
  | { type: 'apply'; vpns: readonly DesiredVpn[]; changes: readonly SafeChange[] }
  | { type: 'retry'; vpnId: string }
  | { type: 'source'; vpnId: string }
  | { type: 'try'; id: number; vpn: DesiredVpn; timeoutMs: number }
  | { type: 'stop-trying'; id: number }
  | { type: 'close'; keepTunnels: boolean };

/** What it tells the tests. `at` is in milliseconds since the epoch. */
export type FromHost =
  | { type: 'capability'; capability: IpsecCapability }
  | { type: 'reports'; at: number; complete: boolean; reports: TunnelReport[] }
  | { type: 'source'; source: { virtualIp: string; interface: string } | null }
  | { type: 'tried'; id: number; result: TrialResult }
  | { type: 'closed' };

/** The agent's IPsec part without the agent, inside a replica's namespace. Argument: the state folder. */
const say = (message: FromHost) => process.stdout.write(`${JSON.stringify(message)}\n`);
const log = (fields: Record<string, unknown>, message: string) => {
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
};

const ipsec = createIpsec({
  stateDir: process.argv[2] ?? '',
  log: { info: log, warn: log, error: log },
  onReport: (reports, complete) => say({ type: 'reports', at: Date.now(), complete, reports }),
  onCapability: (capability) => say({ type: 'capability', capability }),
});

const trials = new Map<number, AbortController>();

createInterface({ input: process.stdin }).on('line', (line) => {
  const message: ToHost = JSON.parse(line);
  switch (message.type) {
    case 'apply':
      ipsec.apply(message.vpns, message.changes);
      break;
    case 'retry':
      ipsec.retry(message.vpnId);
      break;
    case 'source':
      say({ type: 'source', source: ipsec.source(message.vpnId) });
      break;
    case 'try': {
      const { id, vpn, timeoutMs } = message;
      const stop = new AbortController();
      trials.set(id, stop);
      void ipsec
        .tryOut(vpn, { timeoutMs, signal: stop.signal })
        .then((result) => say({ type: 'tried', id, result }));
      break;
    }
    case 'stop-trying':
      trials.get(message.id)?.abort();
      break;
    case 'close':
      void ipsec.close(message).then(() => {
        say({ type: 'closed' });
        process.exit(0);
      });
  }
});
