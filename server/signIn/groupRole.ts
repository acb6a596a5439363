import type { Kysely } from 'kysely';
import type { Role } from '../../contract/team.ts';
import { recordActivity } from '../activity/record.ts';
import type { Database } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { isOnlyAdmin, lockMembers, setRole } from '../team/membership.ts';
import { readMember } from '../team/memberRows.ts';
import { storedList, type ProviderRow } from './providerRows.ts';

type GroupTerms = Pick<ProviderRow, 'groups_claim' | 'admin_groups'>;

/** The role that the groups give; null: they decide nothing, or nothing was said of them. */
export function roleOf(terms: GroupTerms, groups: readonly string[] | null): Role | null {
  if (terms.groups_claim === null || groups === null) return null;
  const adminGroups = storedList(terms.admin_groups);
  return groups.some((group) => adminGroups.includes(group)) ? 'admin' : 'member';
}

/**
 * Gives the member the role of their groups. Whoever keeps the team from being without an admin stays one: its last admin, and
 * the one who is its way in when the provider fails. Returns whether the role is another one.
 */
export async function applyGroups(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  trx: Kysely<Database>,
  provider: ProviderRow,
  userId: string,
  groups: readonly string[] | null,
): Promise<boolean> {
  const missing = provider.groups_claim !== null && groups === null;
  await noteMissing(trx, provider, missing ? new Date(clock.now()).toISOString() : null);
  if (missing)
    log.warn(
      { provider: provider.id, teamId: provider.team_id, userId, claim: provider.groups_claim },
      'sign-in brought no groups: the role stays',
    );
  const role = roleOf(provider, groups);
  if (role === null) return false;
  const { team_id: teamId } = provider;
  await lockMembers(trx, teamId);
  const member = await readMember({ db: trx, clock }, teamId, userId);
  if (member.role === role) return false;
  if (role === 'member' && (provider.local_admin_id === userId || (await isOnlyAdmin(trx, teamId, member)))) {
    log.warn(
      { provider: provider.id, teamId, userId },
      'groups would leave the team without its admin: the role stays',
    );
    return false;
  }
  await setRole(trx, clock, teamId, member, role);
  await recordActivity(trx, {
    teamId,
    now: clock.now(),
    actor: { kind: 'system', id: provider.id, name: provider.name },
    action: 'member.role-changed',
    subject: { kind: 'member', id: userId, name: member.name },
    summary: `Made ${member.name} ${role === 'admin' ? 'an admin' : 'a member'}, as their groups say.`,
  });
  return true;
}

/** The first time since a sign-in brought groups is kept, and shown with the settings. */
async function noteMissing(trx: Kysely<Database>, provider: ProviderRow, at: string | null): Promise<void> {
  if ((provider.groups_missing_since === null) === (at === null)) return;
  await trx
    .updateTable('sign_in_provider')
    .set({ groups_missing_since: at })
    .where('id', '=', provider.id)
    .execute();
}
