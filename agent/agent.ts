import { hostname } from 'node:os';
import { AGENT_MESSAGE_MAX_BYTES, AGENT_PROTOCOL } from '../contract/agentProtocol.ts';
import type { DesiredVpn, FromAgent, ToAgent, TunnelReport } from '../contract/agentProtocol.ts';
import { createConnection } from './connection.ts';
import type { Farewell } from './connection.ts';
import type { Clock } from './ipsec/clock.ts';
import type { Ipsec, IpsecOptions } from './ipsec/ipsec.ts';
import type { Log } from './log.ts';
import { StateError, openState } from './state.ts';
import { lockState } from './stateLock.ts';
import { verify } from './verify.ts';
import { version } from './version.ts';

export type AgentOptions = {
  /** The Culvert server, http or https. */
  server: URL;
  /** null: the one that the state folder holds. */
  token: string | null;
  stateDir: string;
  /** What the replica calls itself in the dashboard; null: the machine's host name. */
  name: string | null;
  log: Log;
  clock: Clock;
  random: () => number;
  createIpsec: (options: IpsecOptions) => Ipsec;
};

export type Agent = {
  /** Resolves when the server sent this replica away and its tunnels, keys and state are gone. Never rejects. */
  dismissed: Promise<Farewell>;
  /** Ends the agent; its state stays for the next start. */
  close(options: { keepTunnels: boolean }): Promise<void>;
};

/**
 * Runs an agent: applies the last desired state without waiting for the server, then does what the server says.
 *
 * @throws StateError when the state folder can't be used, is in use, or holds no join token and none was given
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { log, stateDir } = options;
  const unlock = await lockState(stateDir);
  const state = await openState(stateDir, options.token).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  const firstToken = state.token();
  if (firstToken === null) {
    await unlock();
    throw new StateError('Give the agent a join token (--token, or CULVERT_JOIN_TOKEN): it has none yet.');
  }

  let desired = state.desired;
  let announced = '';
  const dismissal = Promise.withResolvers<Farewell>();

  const ipsec = options.createIpsec({
    stateDir,
    log,
    clock: options.clock,
    onReport: (reports, complete) => connection.send(tunnelsMessage(reports, complete)),
    onCapability: (capability) => connection.send({ type: 'ipsec', ipsec: capability }),
  });
  if (state.desiredProblem !== null) log.error({}, state.desiredProblem);
  if (desired !== null) {
    log.info({ vpns: desired.map((vpn) => vpn.name) }, 'Applying the VPNs last wanted.');
    ipsec.apply(desired);
  }

  const hello = (): FromAgent => {
    announced = JSON.stringify(ipsec.capability());
    return {
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      replica: state.identity,
      hostname: (options.name ?? hostname()).slice(0, 253),
      platform: `${process.platform}-${process.arch}`,
      agentVersion: version,
      ipsec: ipsec.capability(),
    };
  };

  const applyDesired = (vpns: DesiredVpn[]): void => {
    const changed = JSON.stringify(vpns) !== JSON.stringify(desired);
    desired = vpns;
    if (changed) {
      state.storeDesired(vpns).catch((error: unknown) => {
        log.error({ error }, 'The wanted VPNs could not be kept: after a restart they need the server.');
      });
    }
    ipsec.apply(vpns);
  };

  const storeToken = async (tokenId: string, token: string): Promise<void> => {
    try {
      await state.storeToken(token);
      connection.send({ type: 'token-stored', tokenId });
      log.info({ tokenId }, 'The join token was rotated.');
    } catch (error) {
      log.error({ tokenId, error }, 'The rotated join token could not be kept: the old one stays in use.');
    }
  };

  const onMessage = (message: ToAgent): void => {
    switch (message.type) {
      case 'welcome':
        log.info({ workspace: message.workspace.name, replica: message.replica.name }, 'Connected.');
        if (JSON.stringify(ipsec.capability()) !== announced) {
          connection.send({ type: 'ipsec', ipsec: ipsec.capability() });
        }
        connection.send(tunnelsMessage(ipsec.reports(), true));
        return;
      case 'desired':
        applyDesired(message.vpns);
        return;
      case 'verify':
        void verify(message, ipsec.source(message.vpnId)?.virtualIp ?? null).then(connection.send);
        return;
      case 'retry':
        ipsec.retry(message.vpnId);
        return;
      case 'token':
        void storeToken(message.tokenId, message.token);
    }
  };

  const dismiss = async (reason: Farewell): Promise<void> => {
    log.error({}, `${farewellText[reason]} Removing tunnels, keys and state.`);
    try {
      await ipsec.close({ keepTunnels: false });
      await unlock();
      await state.remove();
    } catch (error) {
      log.error({ error, stateDir }, 'Not everything could be removed.');
    }
    dismissal.resolve(reason);
  };

  const connection = createConnection({
    server: options.server,
    token: () => state.token() ?? firstToken,
    hello,
    onMessage,
    onFarewell: (reason) => void dismiss(reason),
    log,
    clock: options.clock,
    random: options.random,
  });

  return {
    dismissed: dismissal.promise,
    close: async ({ keepTunnels }) => {
      connection.close();
      await ipsec.close({ keepTunnels });
      await unlock();
    },
  };
}

const farewellText: Record<Farewell, string> = {
  revoked: 'The join token of this agent was revoked.',
  removed: 'This replica was removed from its workspace.',
};

/** Log lines are the bulk of a report: they go first when a message would be longer than the server takes. */
function tunnelsMessage(reports: TunnelReport[], complete: boolean): FromAgent {
  const message: FromAgent = { type: 'tunnels', complete, tunnels: reports };
  if (Buffer.byteLength(JSON.stringify(message)) <= AGENT_MESSAGE_MAX_BYTES) return message;
  const short = (report: TunnelReport): TunnelReport => ({
    ...report,
    diagnosis: report.diagnosis && { ...report.diagnosis, log: [] },
  });
  return { ...message, tunnels: reports.map(short) };
}
