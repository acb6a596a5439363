import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { SignInProblem } from '../../contract/signInProblems.ts';
import type { Log } from '../deps.ts';
import { OutboundError } from '../outboundError.ts';
import { ProviderFault } from './metadata.ts';
import type { ProviderRow } from './providerRows.ts';

/**
 * What went wrong with the provider, and one line in the log, for the admin whom people ask. Of what the provider said only
 * its error code stands there: the rest may hold codes and tokens.
 */
export function signInFailure(log: Log, provider: ProviderRow, error: unknown): SignInProblem {
  const problem = problemOf(error);
  if (problem === null) throw error;
  const { id, team_id: teamId, issuer } = provider;
  if (problem !== 'cancelled')
    log.warn(
      { provider: id, teamId, issuer, problem, reason: reasonOf(error) },
      'sign-in by provider failed',
    );
  return problem;
}

/** Null for what is no failure of the provider’s. */
function problemOf(error: unknown): SignInProblem | null {
  if (outboundErrorOf(error)) return 'provider_unreachable';
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'cancelled' : 'provider_refused';
  }
  // Basic authentication that fails may be answered with a challenge (RFC 6749, 5.2).
  if (error instanceof WWWAuthenticateChallengeError) return 'client_refused';
  if (error instanceof ResponseBodyError) {
    if (error.error === 'invalid_client' || error.error === 'unauthorized_client') return 'client_refused';
    return error.error === 'invalid_grant' ? 'start_again' : 'provider_refused';
  }
  return error instanceof ClientError || error instanceof ProviderFault ? 'provider_refused' : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return error.error.slice(0, 100);
  return outboundErrorOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
}

function outboundErrorOf(error: unknown): OutboundError | null {
  if (error instanceof OutboundError) return error;
  return error instanceof Error && error.cause !== undefined ? outboundErrorOf(error.cause) : null;
}
