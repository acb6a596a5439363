import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { shown } from '../../contract/shownText.ts';
import type { Clock } from '../deps.ts';
import { ProblemError, unauthenticated } from '../http/problem.ts';
import { IssuerError } from './discovery.ts';
import type { IssuerKeys } from './issuerKeys.ts';

/** Seconds that clocks may differ. */
export const LEEWAY = 30;

/** `iss` of a token of which nothing has been verified. 401 where it isn't one. */
export function claimedIssuer(token: string): string {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(token);
  } catch {
    throw unauthenticated('This is no identity token of a pipeline: it isn’t a JWT.', 'token_malformed');
  }
  if (typeof claims.iss !== 'string') throw missing('iss');
  return claims.iss;
}

/** What has been verified of a token, beside what its provider puts into it. */
export type VerifiedClaims = JWTPayload & { iat: number; exp: number };

/**
 * Verifies a token of this issuer: signed by one of its keys with RS256, for this server alone, and now. 401 with a code and a
 * text for each way in which it isn't, 503 where the issuer can't be asked for its keys.
 */
export async function verifyIdentityToken(
  token: string,
  options: { issuer: string; audience: string; keys: IssuerKeys; clock: Pick<Clock, 'now'> },
): Promise<VerifiedClaims> {
  const { issuer, audience, keys, clock } = options;
  try {
    const { payload } = await jwtVerify(token, keys(issuer), {
      algorithms: ['RS256'],
      issuer,
      audience,
      clockTolerance: LEEWAY,
      requiredClaims: ['iss', 'aud', 'iat', 'exp'],
      currentDate: new Date(clock.now()),
    });
    // jose takes a list that holds ours among others. Such a token is good elsewhere too, and so somebody there has it. A list of
    // ours alone is what Bitbucket makes of `oidc: audiences:` with one entry.
    if (typeof payload.aud !== 'string' && payload.aud?.length !== 1) {
      throw wrongAudience(audienceWords(payload.aud), audience);
    }
    const { iat, exp } = payload;
    if (iat === undefined) throw missing('iat');
    if (exp === undefined) throw missing('exp');
    if (iat > clock.now() / 1000 + LEEWAY) throw notYet(iat);
    return { ...payload, iat, exp };
  } catch (error) {
    throw problemOf(error, issuer, audience);
  }
}

function problemOf(error: unknown, issuer: string, audience: string): unknown {
  if (error instanceof ProblemError) return error;
  if (error instanceof IssuerError) {
    return new ProblemError({ status: 503, code: 'issuer_unreachable', title: error.message });
  }
  if (error instanceof errors.JWTExpired) return expired(error.payload.exp);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error;
    if (reason === 'missing' || reason === 'invalid') return missing(claim);
    if (claim === 'aud') return wrongAudience(audienceWords(payload.aud), audience);
    if (claim === 'nbf' && payload.nbf !== undefined) return notYet(payload.nbf);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return unauthenticated(
      'The token isn’t signed with RS256, the only algorithm that is taken.',
      'algorithm_refused',
    );
  }
  const wrongKey =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  if (wrongKey) {
    return unauthenticated(`The token isn’t signed with a key of ${shown(issuer, 300)}.`, 'signature_wrong');
  }
  if (error instanceof errors.JOSEError) {
    return unauthenticated('This is no identity token of a pipeline: it isn’t a JWT.', 'token_malformed');
  }
  return error;
}

const missing = (claim: string) =>
  unauthenticated(`The token has no usable “${shown(claim)}”, which each has to have.`, 'missing_claim');

/** Whatever the issuer put there. */
function audienceWords(aud: unknown): string {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  const [only] = audiences;
  if (audiences.length !== 1) return audiences.length === 0 ? 'nobody' : 'several audiences';
  return typeof only === 'string' ? `“${shown(only, 300)}”` : 'an audience that is no text';
}

const wrongAudience = (found: string, audience: string) =>
  unauthenticated(
    `The token is for ${found}, not for this server. Request it with the audience ${audience}, exactly so.`,
    'audience_wrong',
  );

const notYet = (seconds: number) =>
  unauthenticated(
    `The token is good from ${instant(seconds)} on. Compare the clocks of the issuer and of this server.`,
    'token_not_yet_valid',
  );

const expired = (seconds: number | undefined) =>
  unauthenticated(
    `The token expired${seconds === undefined ? '' : ` at ${instant(seconds)}`}. Request a new one and use it at once.`,
    'token_expired',
  );

/** GitHub gives a new token each time; an old one has lain around. */
export const tooOld = (minutes: number) =>
  unauthenticated(
    `The token is older than ${minutes} minutes. Request a new one and use it at once.`,
    'token_expired',
  );

/** Issuers may sign any number; a date that there isn't must not become an error of ours. */
const instant = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'a time that there isn’t' : date.toISOString();
};
