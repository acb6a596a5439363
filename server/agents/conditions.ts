import type { Diagnosis } from '../../contract/tunnels.ts';

/** Conditions that the server knows by itself, without the replica's word. Those that a replica reports are in the contract. */
type ReplicaNames = { name: string; hostname: string };

const condition = (
  code: string,
  texts: {
    severity?: 'warning';
    short: string;
    title: string;
    cause: string;
    here: string;
    command?: string | null;
  },
): Diagnosis => ({
  code,
  severity: texts.severity ?? 'failure',
  short: texts.short,
  title: texts.title,
  cause: texts.cause,
  here: { text: texts.here, action: null, command: texts.command ?? null },
  gateway: null,
  log: [],
});

/** The replica hasn't said yet that it applied the VPN as it is now. */
export const notDelivered = (replica: ReplicaNames, revision: number) =>
  condition('not_delivered', {
    severity: 'warning',
    short: 'Settings on their way',
    title: 'The replica hasn’t applied the VPN yet',
    cause: `Revision ${revision} of the VPN is on its way to ${replica.name}, which hasn’t confirmed it.`,
    here: 'This takes a second or two. If it stays like this, look at the agent’s log on the replica.',
  });

export const replicaOffline = (replica: ReplicaNames) =>
  condition('replica_offline', {
    short: 'Replica offline',
    title: 'The replica isn’t connected to this server',
    cause: `${replica.name} (${replica.hostname}) stopped, or can’t reach this server. Its tunnel may still be up: what is shown is what it last said.`,
    here: 'Start the replica, or the agent on it. It connects by itself.',
    command: 'systemctl restart culvert-agent',
  });
