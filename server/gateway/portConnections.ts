import { decidePortAccess } from '../../contract/portAccess.ts';
import type { Deps } from '../deps.ts';
import { notFound, unauthenticated, type ProblemFields } from '../http/problem.ts';
import { readApiToken, viewerAt, type Credential } from './credentials.ts';
import { forwardedPorts, isMember, noPolicy, toForwardedPort, type ForwardedPort } from './lookup.ts';
import { failureExplanation, noReplicaExplanation } from './pages/failurePages.ts';
import type { PortFailure } from './portGateway.ts';
import { chooseReplicas, replicasOf } from './replicaChoice.ts';
import { createVisitWatch } from './visitWatch.ts';

/** A connection that a program asks for through the API: contract/portConnection.ts. */
export type ConnectionRequest = {
  team: string;
  /** Id or name. */
  workspace: string;
  port: number;
  /** What it showed as `Authorization: Bearer`; null: nothing. */
  token: string | null;
};

export type PortConnection = {
  portId: string;
  port: number;
  /** Connected replicas to try, best first. Never empty. */
  replicas: readonly string[];
  viewerKey: string;
  failure(reason: PortFailure): ProblemFields;
  /** Calls `end`, once, as soon as whoever connected may not reach the port any more. Returns the function that stops watching. */
  watch(end: () => void): () => void;
};

export type ConnectionVerdict =
  { kind: 'refuse'; problem: ProblemFields } | { kind: 'connect'; connection: PortConnection };

export type PortConnections = { admit(request: ConnectionRequest): Promise<ConnectionVerdict> };

/**
 * Decides about connections without HTTP, as the port gateway decides about requests: by the same credentials, the same
 * table (contract/portAccess.ts) and the same watch. Only members come this way, to public ports too: strangers have the
 * port’s address.
 */
export function createPortConnections(
  deps: Pick<Deps, 'db' | 'clock' | 'log' | 'settings'>,
): PortConnections {
  const { db, clock, settings } = deps;
  const watch = createVisitWatch(deps);

  return {
    async admit({ team, workspace, port: number, token }) {
      if (token === null) return refuse(unauthenticated('Show an API token.'));
      const credential = await readApiToken(db, clock, token);
      if (credential === null) {
        return refuse(unauthenticated('The API token is not valid, or no longer.', 'token_invalid'));
      }
      const member = credential.teamId === team && (await isMember(db, team, credential.userId));
      if (!member) return refuse(notFound('team'));
      const port = await portOf(db, team, workspace, number);
      const viewer = viewerAt(credential, port, member);
      const decision = decidePortAccess(port, viewer, port?.policy ?? noPolicy, clock.now());
      if (port === null || decision !== 'allow') return refuse(notFound('forwarded port'));
      return await receive(port, credential);
    },
  };

  async function receive(port: ForwardedPort, credential: Credential): Promise<ConnectionVerdict> {
    const owner = credential.userId === port.ownerId;
    const context = { port, publicUrl: settings.publicUrl, owner, signIn: null };
    const failure = (reason: PortFailure) => plain(failureExplanation(reason, context));
    const { any, replicas } = chooseReplicas(await replicasOf(db, port), null);
    if (replicas.length === 0) {
      const problem = any ? failure('replica-offline') : plain(noReplicaExplanation(context));
      return { kind: 'refuse', problem };
    }
    return {
      kind: 'connect',
      connection: {
        portId: port.id,
        port: port.number,
        replicas,
        viewerKey: `user:${credential.userId}`,
        failure,
        watch: (end) => watch({ portId: port.id, credential, membersOnly: true, end }),
      },
    };
  }
}

const refuse = ({ problem }: { problem: ProblemFields }): ConnectionVerdict => ({ kind: 'refuse', problem });

const plain = ({ status, code, title, detail }: ProblemFields): ProblemFields => ({
  status,
  code,
  title,
  ...(detail === undefined ? {} : { detail }),
});

async function portOf(
  db: Deps['db'],
  team: string,
  workspace: string,
  number: number,
): Promise<ForwardedPort | null> {
  const row = await forwardedPorts(db)
    .where('workspace.team_id', '=', team)
    .where((eb) =>
      eb.or([eb('workspace.id', '=', workspace), eb('workspace.name', '=', workspace.toLowerCase())]),
    )
    .where('port.number', '=', number)
    .executeTakeFirst();
  return row === undefined ? null : toForwardedPort(row);
}
