import type { Kysely, Selectable } from 'kysely';
import type { SignInProvider } from '../../contract/signInProviders.ts';
import type { Database, SignInProviderTable } from '../db/schema.ts';
import type { SecretBox } from '../deps.ts';
import { notFound } from '../http/problem.ts';
import type { ProviderAccess } from './providerClient.ts';

export type ProviderRow = Selectable<SignInProviderTable>;

/** Where the client secret of a provider is sealed for. */
export const secretContext = (providerId: string): string => `sign-in:${providerId}:secret`;

/** What to be at the provider takes, the client secret opened. */
export const accessOf = async (
  secretBox: Pick<SecretBox, 'open'>,
  provider: ProviderRow,
): Promise<ProviderAccess> => ({
  issuer: provider.issuer,
  clientId: provider.client_id,
  clientSecret: await secretBox.open(provider.client_secret_sealed, secretContext(provider.id)),
});

/** The team's provider, or undefined. */
export const findProvider = (db: Kysely<Database>, teamId: string): Promise<ProviderRow | undefined> =>
  db.selectFrom('sign_in_provider').selectAll().where('team_id', '=', teamId).executeTakeFirst();

/** The provider that people can sign in by now; 404 for any other id. */
export async function openProvider(db: Kysely<Database>, id: string): Promise<ProviderRow> {
  const row = await db
    .selectFrom('sign_in_provider')
    .selectAll()
    .where('id', '=', id)
    .where('enabled', '=', 1)
    .executeTakeFirst();
  if (!row) throw notFound('provider');
  return row;
}

/** Texts that are stored as a JSON list. */
export function storedList(text: string): string[] {
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

/** The settings as admins see them. The client secret is never among them. */
export async function viewProvider(db: Kysely<Database>, row: ProviderRow): Promise<SignInProvider> {
  const editor =
    row.updated_by === null
      ? undefined
      : await db
          .selectFrom('user')
          .select(['id', 'name'])
          .where('id', '=', row.updated_by)
          .executeTakeFirst();
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    scopes: row.scopes,
    admittedDomains: storedList(row.admitted_domains),
    role: row.role,
    groupsClaim: row.groups_claim,
    adminGroups: storedList(row.admin_groups),
    enabled: row.enabled === 1,
    passwordSignIn: row.password_sign_in === 1,
    localAdmin: row.local_admin_id,
    adminSignedIn: row.admin_signed_in_at !== null,
    unlinkedMembers: await countUnlinked(db, row),
    groupsMissingSince: row.groups_missing_since,
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: editor ?? null,
  };
}

async function countUnlinked(db: Kysely<Database>, row: ProviderRow): Promise<number> {
  const { count } = await db
    .selectFrom('member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('member.team_id', '=', row.team_id)
    .where('member.user_id', 'not in', (eb) =>
      eb.selectFrom('user_identity').select('user_identity.user_id').where('issuer', '=', row.issuer),
    )
    .where('member.user_id', '!=', row.local_admin_id ?? '')
    .executeTakeFirstOrThrow();
  return count;
}
