import {
  type PipelineIdentity,
  type PipelineProvider,
  readIdentity,
} from '../../contract/pipelines/identity.ts';
import { shown } from '../../contract/shownText.ts';
import type { Deps } from '../deps.ts';
import { conflict, ProblemError, unauthenticated } from '../http/problem.ts';
import { candidatesFor } from './candidates.ts';
import type { IssuerKeys } from './issuerKeys.ts';
import { type Admitted, issuePipelineToken } from './issuePipelineToken.ts';
import { isOwnerKnown, judge } from './judge.ts';
import { type Judged, refuseExchange } from './refuseExchange.ts';
import { trustRules } from './trustRules.ts';
import { claimedIssuer, tooOld, verifyIdentityToken, type VerifiedClaims } from './verifyIdentityToken.ts';

/** GitHub's tokens are made for one request. The others' are as old as their job. */
const GITHUB_MINUTES = 15;

/**
 * Exchanges a pipeline's identity token for one of Culvert's. Nothing is asked of an issuer that no team trusts, and nothing is
 * said about rules unless the token's signature is right.
 */
export async function exchange(
  deps: Deps & { keys: IssuerKeys },
  { idToken, team }: { idToken: string; team: string | null },
): Promise<{ token: string; expiresAt: string; admitted: Admitted }> {
  const { clock, settings, keys } = deps;
  const issuer = claimedIssuer(idToken);
  const candidates = await candidatesFor(deps.db, issuer, team);
  if (candidates.length === 0) throw unknownIssuer(issuer, team);
  const claims = await verifyIdentityToken(idToken, { issuer, audience: settings.publicUrl, keys, clock });

  const judged: Judged[] = [];
  const unread: ProblemError[] = [];
  for (const candidate of candidates) {
    const identity = identityFor(candidate.provider, issuer, claims, clock.now());
    // Another team may read this issuer as another provider's, and must not be in the way of this one.
    if (identity instanceof ProblemError) unread.push(identity);
    else {
      const rows = await trustRules(deps.db, candidate.team.id)
        .where('trust_rule.issuer_id', '=', candidate.issuerId)
        .orderBy('trust_rule.created_at')
        .orderBy('trust_rule.id')
        .execute();
      judged.push({
        ...candidate,
        identity,
        knownOwner: isOwnerKnown(rows, identity),
        verdict: judge(identity, rows),
      });
    }
  }
  if (judged.length === 0 && unread[0]) throw unread[0];

  const admitted = judged.flatMap(({ verdict, ...candidate }) =>
    verdict.kind === 'admitted' ? [{ ...candidate, ...verdict }] : [],
  );
  const [only] = admitted;
  if (!only) throw await refuseExchange(deps, judged);
  if (admitted.length > 1) {
    throw conflict(
      'team_ambiguous',
      `Several teams trust this repository: ${admitted.map((it) => shown(it.team.name)).join(', ')}. Name the one that is meant.`,
    );
  }
  return { ...(await issuePipelineToken(deps, { admitted: only, idToken, claims })), admitted: only };
}

function identityFor(
  provider: PipelineProvider,
  issuer: string,
  claims: VerifiedClaims,
  now: number,
): PipelineIdentity | ProblemError {
  if (provider === 'github' && now / 1000 - claims.iat > GITHUB_MINUTES * 60) return tooOld(GITHUB_MINUTES);
  const read = readIdentity(provider, issuer, claims);
  return read.ok ? read.value : unauthenticated(read.refusal.message, read.refusal.code);
}

const unknownIssuer = (issuer: string, team: string | null) =>
  unauthenticated(
    `${team === null ? 'There is no team' : `There is no team “${shown(team)}”`} that trusts tokens of ${shown(issuer, 300)}. An admin of the team adds this issuer in Settings, Trusted repositories.`,
    'issuer_unknown',
  );
