import type { HonoRequest } from 'hono';
import type { Kysely } from 'kysely';
import { AGENT_SECRETS_PATH, agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import type { DeliveredSecrets } from '../../contract/secretsApi.ts';
import type { JoinAccess } from '../agents/hub.ts';
import type { Database } from '../db/schema.ts';
import type { Deps, SecretBox } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { ProblemError, unauthenticated } from '../http/problem.ts';
import { bearerToken } from '../http/requestGuards.ts';
import { sha256Hex } from '../tokens.ts';
import { chooseSecrets, isSecretsVersion, secretsOf, secretsVersion, type GivenSecret } from './given.ts';
import { valueContext } from './secretRows.ts';

const refusals = {
  token_unknown: 'No join token is known by this name.',
  token_revoked: 'The join token was revoked.',
} as const;

/**
 * `GET /agent/v1/secrets`: what a replica gets at its start. Over HTTP, because 100 secrets of 48 KB are no message. `PUT` says that
 * they are in their place: until then the replica is one that has none. Only for a replica that has joined: by its
 * join token, and by the key and secret that its agent made.
 */
export function registerSecretDelivery(app: App, deps: Deps): void {
  const { db, clock, bus, log, secretBox } = deps;

  const note = async ({ id, workspace }: Receiver, version: string | null) => {
    const at = version === null ? null : new Date(clock.now()).toISOString();
    await db
      .updateTable('replica')
      .set({ secrets_version: version, secrets_at: at })
      .where('id', '=', id)
      .execute();
    bus.publish(workspace.team_id, ['secrets', `workspace:${workspace.id}`]);
  };

  app.get(AGENT_SECRETS_PATH, async (c) => {
    const replica = await requireReplica(deps, c.req);
    // Whoever asks has none: it has started anew, or somebody deleted them.
    await note(replica, null);
    const chosen = chooseSecrets(await secretsOf(db, replica.workspace), replica.ownSecrets);
    const delivered: DeliveredSecrets = {
      version: await secretsVersion(chosen),
      items: await openValues(db, secretBox, chosen),
    };
    log.info({ replica: replica.id, secrets: chosen.length }, 'A replica was given its secrets');
    return c.json(delivered, 200, { 'cache-control': 'no-store' });
  });

  app.put(AGENT_SECRETS_PATH, async (c) => {
    const replica = await requireReplica(deps, c.req);
    const version = c.req.header(agentSecretsHeaders.version);
    if (version === undefined || !isSecretsVersion(version)) {
      throw new ProblemError({
        status: 400,
        code: 'version_missing',
        title: `Say in the header ${agentSecretsHeaders.version} which version of the secrets is there.`,
      });
    }
    await note(replica, version);
    return c.body(null, 204);
  });
}

type Receiver = {
  id: string;
  workspace: { id: string; team_id: string; owner_id: string };
  /** Whether it gets its owner's own, too. */
  ownSecrets: boolean;
};

/** @throws 401 for whoever is no replica that has joined */
async function requireReplica(
  { db, hub }: Pick<Deps, 'db' | 'hub'>,
  request: HonoRequest,
): Promise<Receiver> {
  const found = await hub.authenticate(bearerToken(request.header('authorization')) ?? '');
  if (!found.ok) throw unauthenticated(refusals[found.problem], found.problem);
  const replica = await findReplica(
    db,
    found.access,
    request.header(agentSecretsHeaders.key),
    request.header(agentSecretsHeaders.secret),
  );
  if (!replica) {
    throw unauthenticated('No replica of the workspace has this key and secret.', 'replica_unknown');
  }
  return replica;
}

async function findReplica(
  db: Kysely<Database>,
  access: JoinAccess,
  key: string | undefined,
  secret: string | undefined,
): Promise<Receiver | null> {
  if (key === undefined || secret === undefined) return null;
  const row = await db
    .selectFrom('replica')
    .innerJoin('workspace', 'workspace.id', 'replica.workspace_id')
    .innerJoin('token', (join) => join.on('token.id', '=', access.tokenId))
    .select(['replica.id', 'workspace.id as workspaceId', 'workspace.team_id', 'workspace.owner_id'])
    .select('token.created_by as tokenMaker')
    .where('replica.workspace_id', '=', access.workspaceId)
    .where('replica.key', '=', key)
    .where('replica.secret_hash', '=', await sha256Hex(secret))
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    workspace: { id: row.workspaceId, team_id: row.team_id, owner_id: row.owner_id },
    ownSecrets: row.tokenMaker === row.owner_id,
  };
}

/** One that is deleted at this moment is left out: the next version will be without it. */
async function openValues(
  db: Kysely<Database>,
  secretBox: SecretBox,
  chosen: readonly GivenSecret[],
): Promise<DeliveredSecrets['items']> {
  if (chosen.length === 0) return [];
  const rows = await db
    .selectFrom('secret')
    .select(['id', 'value_sealed'])
    .where(
      'id',
      'in',
      chosen.map(({ id }) => id),
    )
    .execute();
  const sealed = new Map(rows.map((row) => [row.id, row.value_sealed]));
  const items: DeliveredSecrets['items'] = [];
  for (const { id, name, delivery } of chosen) {
    const text = sealed.get(id);
    if (text === undefined) continue;
    items.push({ name, value: await secretBox.open(text, valueContext(id)), delivery });
  }
  return items;
}
