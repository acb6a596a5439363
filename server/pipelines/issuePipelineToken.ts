import { PIPELINE_TOKEN_MS } from '../../contract/pipelines/pipelines.ts';
import type { PipelineIdentity, PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { TrustRule } from '../../contract/pipelines/trust.ts';
import type { Deps } from '../deps.ts';
import { issueToken, TOUCH_EVERY_MS } from '../session/tokens.ts';
import type { Candidate } from './candidates.ts';
import { spendIdentityToken } from './spendIdentityToken.ts';
import type { StoredScope } from './storedScope.ts';
import type { TrustRuleRow } from './trustRules.ts';
import type { VerifiedClaims } from './verifyIdentityToken.ts';

/** A pipeline that one rule of a team lets in. */
export type Admitted = Candidate & { identity: PipelineIdentity; rule: TrustRule; row: TrustRuleRow };

/** Gives it a token for an hour, and spends what it came with: both or neither. */
export async function issuePipelineToken(
  { db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>,
  { admitted, idToken, claims }: { admitted: Admitted; idToken: string; claims: VerifiedClaims },
): Promise<{ token: string; expiresAt: string }> {
  const { team, identity, rule, row, provider } = admitted;
  const now = clock.now();
  const vpns = rule.vpns === null ? null : [...rule.vpns];
  const scope: StoredScope = { ...identity, sequence: sequenceOf(provider, claims), vpns };
  const seldomNoted = row.last_used_at === null || now - Date.parse(row.last_used_at) >= TOUCH_EVERY_MS;
  const token = await db.transaction().execute(async (trx) => {
    const used = { issuer: identity.issuer, provider, teamId: team.id, token: idToken, claims };
    const noteToken = await spendIdentityToken(trx, clock, used);
    const { id, text } = await issueToken(trx, clock, {
      kind: 'pipeline',
      userId: row.created_by,
      teamId: team.id,
      name: identity.repository.name,
      scope: JSON.stringify(scope),
      trustRuleId: row.id,
      lifetimeMs: PIPELINE_TOKEN_MS,
    });
    await noteToken(id);
    if (seldomNoted) {
      await trx
        .updateTable('trust_rule')
        .set({ last_used_at: new Date(now).toISOString() })
        .where('id', '=', row.id)
        .execute();
    }
    return text;
  });
  if (seldomNoted) bus.publish(team.id, ['trust']);
  return { token, expiresAt: new Date(now + PIPELINE_TOKEN_MS).toISOString() };
}

/** The claim that holds the number of the run, where a provider counts them. */
const counters: Readonly<Record<PipelineProvider, string | null>> = {
  github: 'run_id',
  gitlab: 'job_id',
  bitbucket: null,
};

function sequenceOf(provider: PipelineProvider, claims: VerifiedClaims): number | null {
  const counter = counters[provider];
  const counted = counter === null ? null : claims[counter];
  const text = typeof counted === 'number' ? String(counted) : counted;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
