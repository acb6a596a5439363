import type { Kysely } from 'kysely';
import type { SignInProviderSave } from '../../contract/signInProviders.ts';
import type { Database } from '../db/schema.ts';
import type { ProviderRow } from './providerRows.ts';

/** Whether saving this leaves the provider reached as it is now. A secret that is typed counts as another one. */
export const isSameClient = (
  stored: ProviderRow,
  save: Pick<SignInProviderSave, 'issuer' | 'clientId' | 'clientSecret'>,
): boolean =>
  stored.issuer === save.issuer && stored.client_id === save.clientId && save.clientSecret === undefined;

/**
 * Remembers that somebody who is an admin of the team now came by this provider: the proof that it lets one in. Not where its
 * issuer, client id or secret was changed while they were on their way. Returns whether it is the first proof of these.
 */
export async function noteProof(
  trx: Kysely<Database>,
  provider: ProviderRow,
  userId: string,
  now: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sign_in_provider')
    .set({ admin_signed_in_at: now })
    .where('id', '=', provider.id)
    .where('issuer', '=', provider.issuer)
    .where('client_id', '=', provider.client_id)
    .where('client_secret_sealed', '=', provider.client_secret_sealed)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('member')
          .select('member.user_id')
          .where('member.team_id', '=', provider.team_id)
          .where('member.user_id', '=', userId)
          .where('member.role', '=', 'admin'),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n && provider.admin_signed_in_at === null;
}
