import { authorizationCodeGrant, fetchUserInfo, type Configuration } from 'openid-client';
import type { Flow } from './flows.ts';
import { ProviderFault } from './metadata.ts';
import { needsUserInfo, personOf, type Person } from './personOf.ts';

/**
 * Exchanges the provider’s answer for who came. `url` is the address that the browser came back to, with its query. Rejects
 * with what `signInFailure` tells apart.
 */
export async function readAnswer(
  config: Configuration,
  url: URL,
  flow: Pick<Flow, 'state' | 'nonce' | 'verifier'>,
  groupsClaim: string | null,
): Promise<Person> {
  const tokens = await authorizationCodeGrant(config, url, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new ProviderFault('The provider’s answer holds no id token.');
  const asked =
    config.serverMetadata().userinfo_endpoint !== undefined && needsUserInfo(claims, groupsClaim)
      ? await fetchUserInfo(config, tokens.access_token, claims.sub)
      : null;
  return personOf(claims, asked, groupsClaim);
}
