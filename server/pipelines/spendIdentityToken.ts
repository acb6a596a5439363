import type { Kysely } from 'kysely';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import { unauthenticated } from '../http/problem.ts';
import { revokeTokens } from '../session/tokens.ts';
import { sha256Hex } from '../tokens.ts';
import { LEEWAY, type VerifiedClaims } from './verifyIdentityToken.ts';

/** GitLab and Bitbucket give one token per job: a step that is tried again can only come with the same one. */
const EXCHANGES: Readonly<Record<PipelineProvider, number>> = { github: 1, gitlab: 5, bitbucket: 5 };

/** The last second whose text sorts as a time: issuers may sign any number. */
const LAST = Date.UTC(9999, 11, 31) / 1000;

/**
 * Notes in the transaction that issues a pipeline's token that its identity token has been used. 401 where it had been, or too
 * often; an earlier token that came from it is revoked. Returns the function that notes what was issued for it.
 */
export async function spendIdentityToken(
  trx: Kysely<Database>,
  clock: Clock,
  used: { issuer: string; provider: PipelineProvider; teamId: string; token: string; claims: VerifiedClaims },
): Promise<(tokenId: string) => Promise<void>> {
  const { issuer, provider, teamId, token, claims } = used;
  await trx
    .deleteFrom('used_identity_token')
    .where('expires_at', '<', new Date(clock.now()).toISOString())
    .execute();
  const jti = typeof claims.jti === 'string' && claims.jti !== '' ? claims.jti : await hashOf(token);
  const ends = Math.min(claims.exp + 2 * LEEWAY, LAST);
  const inserted = await trx
    .insertInto('used_identity_token')
    .values({
      issuer,
      jti,
      team_id: teamId,
      exchanges: 1,
      token_id: null,
      expires_at: new Date(ends * 1000).toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['issuer', 'jti']).doNothing())
    .executeTakeFirst();
  const row = trx.updateTable('used_identity_token').where('issuer', '=', issuer).where('jti', '=', jti);
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    const again = await row
      .set((eb) => ({ exchanges: eb('exchanges', '+', 1) }))
      .where('team_id', '=', teamId)
      .where('exchanges', '<', EXCHANGES[provider])
      .returning('token_id')
      .executeTakeFirst();
    if (!again) throw replayed(provider);
    if (again.token_id !== null) {
      await revokeTokens(trx, clock, 'pipeline').where('id', '=', again.token_id).execute();
    }
  }
  return async (tokenId) => {
    await row.set({ token_id: tokenId }).execute();
  };
}

/** Of what is signed, and not of the signature, which can be written in more than one way. */
const hashOf = (token: string): Promise<string> => sha256Hex(token.slice(0, token.lastIndexOf('.')));

const replayed = (provider: PipelineProvider) =>
  unauthenticated(
    EXCHANGES[provider] === 1
      ? 'The token has been exchanged before, and is good once. Request a new one for each exchange.'
      : `The token has been exchanged ${EXCHANGES[provider]} times, as often as it is good for. Run the job again for a new one.`,
    'token_replayed',
  );
