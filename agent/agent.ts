import { hostname } from 'node:os';
import { agentAbilities, AGENT_MESSAGE_MAX_BYTES, AGENT_PROTOCOL } from '../contract/agentConnection.ts';
import type { FromAgent, ToAgent, TunnelReport } from '../contract/agentProtocol.ts';
import { readBoot } from './boot.ts';
import { createConnection } from './connection.ts';
import type { Connection, Farewell } from './connection.ts';
import type { Clock } from './ipsec/clock.ts';
import type { Ipsec, IpsecOptions } from './ipsec/ipsec.ts';
import type { Log } from './log.ts';
import { createOrders } from './orders.ts';
import { createPorts } from './ports/ports.ts';
import { createSecrets } from './secrets/secrets.ts';
import { StateError, openState } from './state.ts';
import type { AgentState } from './state.ts';
import { lockState } from './stateLock.ts';
import { createStatus } from './status.ts';
import { createTrialOrders } from './trialOrders.ts';
import { version } from './version.ts';

export type AgentOptions = {
  /** The Culvert server, http or https. */
  server: URL;
  /** null: the one that the state folder holds. */
  token: string | null;
  stateDir: string;
  /** The replica's working folder: its devcontainer.json declares ports. */
  folder: string;
  /** Where the replica's secrets go. */
  secretsDir: string;
  /** What differs after a restart of the replica, where somebody knows better than /proc; null: see readBoot. */
  boot: string | null;
  /** What the replica calls itself in the dashboard; null: the machine's host name. */
  name: string | null;
  /** Ends an agent that is at work on the same state and takes its tunnels over; else this one is refused. */
  replace: boolean;
  log: Log;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  createIpsec: (options: IpsecOptions) => Ipsec;
};

export type Agent = {
  /** Resolves when the server sent this replica away and its tunnels, keys and state are gone. Never rejects. */
  dismissed: Promise<Farewell>;
  /** Ends the agent; its state stays for the next start. */
  close(options: { keepTunnels: boolean }): Promise<void>;
};

/** The first hello should say what this machine can do: it waits this long for the first probe. Milliseconds. */
const probeMs = 3_000;

/**
 * Runs an agent: applies the last desired state without waiting for the server, then does what the server says.
 *
 * @throws StateError when the state folder can't be used, is in use, or holds no join token and none was given
 */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { log, stateDir, clock } = options;
  const unlock = await lockState(stateDir, { replace: options.replace });
  const { state, token } = await openJoined(stateDir, options.token).catch(async (error: unknown) => {
    await unlock();
    throw error;
  });
  const status = createStatus(stateDir);
  const dismissal = Promise.withResolvers<Farewell>();
  let connection: Connection | null = null;
  let announced = '';
  let closed = false;

  const send = (message: FromAgent): void => connection?.send(message);

  const ipsec = options.createIpsec({
    stateDir,
    log,
    clock,
    onReport: (reports, complete) => send(tunnelsMessage(reports, complete)),
    onCapability: (capability) => {
      if (connection) send({ type: 'ipsec', ipsec: capability });
      else connect();
    },
  });
  const currentToken = (): string => state.token() ?? token;
  const { folder, server } = options;
  const ports = createPorts({ folder, server, token: currentToken, send, log, clock });
  const secrets = createSecrets({
    server,
    token: currentToken,
    identity: state.identity,
    boot: readBoot(options.boot),
    workingFolder: folder,
    folder: options.secretsDir,
    stateDir,
    log,
    clock,
    random: options.random,
  });
  const trials = createTrialOrders({ ipsec, send });
  const carryOut = createOrders({ ipsec, ports, trials, state, log, send });

  const hello = (): FromAgent => {
    announced = JSON.stringify(ipsec.capability());
    return {
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      replica: state.identity,
      boot: readBoot(options.boot),
      hostname: (options.name ?? hostname()).slice(0, 253),
      platform: `${process.platform}-${process.arch}`,
      agentVersion: version,
      ipsec: ipsec.capability(),
      abilities: [...agentAbilities],
    };
  };

  const onMessage = (message: ToAgent): void => {
    if (message.type !== 'welcome') {
      carryOut(message);
      return;
    }
    const [replica, workspace] = [message.replica.name, message.workspace.name];
    log.info({ workspace, replica }, 'Connected.');
    status.say(`Connected to ${server.origin} as replica ${replica} of workspace ${workspace}.`);
    const capability = ipsec.capability();
    if (JSON.stringify(capability) !== announced) send({ type: 'ipsec', ipsec: capability });
    send(tunnelsMessage(ipsec.reports(), true));
    ports.sayAll();
    secrets.connected();
  };

  const dismiss = async (reason: Farewell): Promise<void> => {
    log.error({}, `${farewellText[reason]} Removing tunnels, keys, secrets and state.`);
    ports.close();
    try {
      await secrets.remove();
      await ipsec.close({ keepTunnels: false });
      await status.end();
      await unlock();
      await state.remove();
    } catch (error) {
      log.error({ error, stateDir }, 'Not everything could be removed.');
    }
    dismissal.resolve(reason);
  };

  const connect = (): void => {
    cancelConnect();
    if (closed) return;
    connection ??= createConnection({
      server,
      token: currentToken,
      hello,
      onMessage,
      onLost: () => {
        ports.disconnected();
        trials.disconnected();
        secrets.disconnected();
      },
      onTrouble: status.say,
      onFarewell: (reason) => void dismiss(reason),
      log,
      clock,
      random: options.random,
    });
  };
  const cancelConnect = clock.after(probeMs, connect);

  if (state.desiredProblem !== null) log.error({}, state.desiredProblem);
  if (state.desired !== null) {
    log.info({ vpns: state.desired.vpns.map((vpn) => vpn.name) }, 'Applying the VPNs last wanted.');
    ipsec.apply(state.desired.vpns, state.desired.changes);
  }

  return {
    dismissed: dismissal.promise,
    close: async ({ keepTunnels }) => {
      closed = true;
      cancelConnect();
      connection?.close();
      ports.close();
      await ipsec.close({ keepTunnels });
      await Promise.all([secrets.close(), state.written(), status.end()]);
      await unlock();
    },
  };
}

async function openJoined(
  stateDir: string,
  given: string | null,
): Promise<{ state: AgentState; token: string }> {
  const state = await openState(stateDir, given);
  const token = state.token();
  if (token !== null) return { state, token };
  throw new StateError('Give the agent a join token (--token, or CULVERT_JOIN_TOKEN): it has none yet.');
}

const farewellText: Record<Farewell, string> = {
  revoked: 'The join token of this agent was revoked.',
  removed: 'This replica was removed from its workspace.',
};

/** Log lines are the bulk of a report: they go first when a message would be longer than the server takes. */
function tunnelsMessage(reports: TunnelReport[], complete: boolean): FromAgent {
  const message: FromAgent = { type: 'tunnels', complete, tunnels: reports };
  if (Buffer.byteLength(JSON.stringify(message)) <= AGENT_MESSAGE_MAX_BYTES) return message;
  const withoutLog = (report: TunnelReport): TunnelReport => ({
    ...report,
    diagnosis: report.diagnosis && { ...report.diagnosis, log: [] },
  });
  return { ...message, tunnels: reports.map(withoutLog) };
}
