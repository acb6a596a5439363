import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type { SignInProvider, SignInProviderSave } from '../../contract/signInProviders.ts';
import { actorOf } from '../activity/actor.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database, Flag } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { refused } from '../http/problem.ts';
import { matchRevision } from '../http/revision.ts';
import type { TeamAccess } from '../http/teamAccess.ts';
import { newId } from '../ids.ts';
import { isSameClient } from './proof.ts';
import { findProvider, secretContext, viewProvider, type ProviderRow } from './providerRows.ts';
import { saveProblems } from './saveRules.ts';

/**
 * Sets the team’s provider up, or changes it. 428 and 412 as changes have it, also where the provider is gone that was to be
 * changed; 422 by field.
 */
export async function saveProvider(
  c: Context,
  { clock, secretBox }: Pick<Deps, 'clock' | 'secretBox'>,
  trx: Kysely<Database>,
  { team, viewer }: TeamAccess,
  save: SignInProviderSave,
): Promise<SignInProvider> {
  const stored = await findProvider(trx, team.id);
  // What isn't there yet has no revision to be based on.
  if (stored || c.req.header('if-match') !== undefined) {
    await matchRevision(c, stored?.revision ?? 0, () => (stored ? viewProvider(trx, stored) : null));
  }
  const wrong = await saveProblems(trx, team.id, save, stored);
  if (wrong.length > 0) throw refused(wrong);

  const id = stored?.id ?? newId('sip');
  const sealed =
    save.clientSecret === undefined
      ? (stored?.client_secret_sealed ?? '')
      : await secretBox.seal(save.clientSecret, secretContext(id));
  const now = clock.now();
  const row: ProviderRow = {
    id,
    team_id: team.id,
    ...columnsOf(save),
    client_secret_sealed: sealed,
    groups_missing_since:
      stored?.groups_claim === save.groupsClaim ? (stored?.groups_missing_since ?? null) : null,
    admin_signed_in_at: stored && isSameClient(stored, save) ? stored.admin_signed_in_at : null,
    revision: (stored?.revision ?? 0) + 1,
    updated_at: new Date(now).toISOString(),
    updated_by: viewer.userId,
  };
  if (stored) await trx.updateTable('sign_in_provider').set(row).where('id', '=', id).execute();
  else await trx.insertInto('sign_in_provider').values(row).execute();
  await recordActivity(trx, {
    teamId: team.id,
    now,
    actor: actorOf(viewer),
    action: stored ? 'sign-in.provider-changed' : 'sign-in.provider-set-up',
    subject: { kind: 'sign-in-provider', id, name: row.name },
    summary: summaryOf(stored, row),
  });
  return await viewProvider(trx, row);
}

const flag = (on: boolean): Flag => (on ? 1 : 0);

const columnsOf = (save: SignInProviderSave) => ({
  name: save.name,
  issuer: save.issuer,
  client_id: save.clientId,
  scopes: save.scopes,
  admitted_domains: JSON.stringify(save.admittedDomains),
  role: save.role,
  groups_claim: save.groupsClaim,
  admin_groups: JSON.stringify(save.adminGroups),
  enabled: flag(save.enabled),
  password_sign_in: flag(save.passwordSignIn),
  local_admin_id: save.localAdmin,
});

function summaryOf(stored: ProviderRow | undefined, row: ProviderRow): string {
  const did = stored ? `Changed how ${row.name} signs members in.` : `Set up sign-in with ${row.name}.`;
  const passwords = stored?.password_sign_in ?? 1;
  if (passwords === row.password_sign_in) return did;
  return `${did} Turned password sign-in ${row.password_sign_in === 1 ? 'on' : 'off'}.`;
}
