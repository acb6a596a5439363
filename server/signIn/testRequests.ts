import { randomPKCECodeVerifier, randomState } from 'openid-client';
import { z } from 'zod';
import type { Outbound } from '../deps.ts';
import { OutboundError } from '../outboundError.ts';
import type { ProviderMetadata } from './metadata.ts';
import { usesPost, type ProviderAccess } from './providerClient.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const Keys = z.object({ keys: z.array(z.object({ kty: z.string(), use: z.string().optional() })) });
const TokenError = z.object({ error: z.string() });

/** Whether the keys are there that id tokens are checked with. */
export async function tryKeys(outbound: Outbound, { jwks_uri }: ProviderMetadata): Promise<Finding> {
  const response = await outbound(jwks_uri ?? '');
  const keys = Keys.safeParse(await response.json().catch(() => null));
  const usable = keys.success ? keys.data.keys.filter(({ use }) => use === undefined || use === 'sig') : [];
  if (response.status === 200 && usable.length > 0) return ok('The provider’s keys can be read.');
  return failed(
    `There are no keys at ${jwks_uri}, so that no id token could be checked. Ask whoever runs the provider.`,
  );
}

/** Presents the client with a code that nobody was given: what is refused tells whether the client was known. */
export async function trySecret(
  outbound: Outbound,
  metadata: ProviderMetadata,
  access: ProviderAccess,
  redirectUri: string,
): Promise<Finding> {
  const { clientId, clientSecret } = access;
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: randomState(),
    redirect_uri: redirectUri,
    code_verifier: randomPKCECodeVerifier(),
    ...(usesPost(metadata) ? { client_id: clientId, client_secret: clientSecret } : {}),
  });
  const response = await outbound(metadata.token_endpoint ?? '', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(usesPost(metadata) ? {} : { authorization: basic(clientId, clientSecret) }),
    },
    body,
  });
  const answer = TokenError.safeParse(await response.json().catch(() => null));
  const error = answer.success ? answer.data.error : null;
  if (error === 'invalid_grant') {
    return ok('The provider knows them, as far as can be seen without a person who signs in.');
  }
  if (error === 'invalid_client' || response.status === 401) {
    return failed(
      'The provider doesn’t accept them. Copy both again, and look whether the secret has expired.',
    );
  }
  if (error === 'unauthorized_client') {
    return failed(
      'The provider doesn’t let this client use the authorization code flow, or doesn’t know it. Allow that for the client, and check its id.',
    );
  }
  return warning('The provider’s answer doesn’t tell whether they are right. The first sign-in will.');
}

/**
 * Asks for a sign-in without a page. A provider that takes the client and the address sends back there, or to its own page;
 * one that doesn’t must not send anywhere (RFC 6749, 4.1.2.1), so it answers with a page of its own.
 */
export async function tryAuthorization(
  outbound: Outbound,
  metadata: ProviderMetadata,
  { clientId, scopes }: ProviderAccess & { scopes: string },
  redirectUri: string,
): Promise<Finding> {
  const url = new URL(metadata.authorization_endpoint ?? '');
  const asked = {
    client_id: clientId,
    response_type: 'code',
    scope: scopes,
    redirect_uri: redirectUri,
    prompt: 'none',
    state: randomState(),
    nonce: randomState(),
    code_challenge: randomPKCECodeVerifier(),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const status = await outbound(url.href).then(
    (response) => response.status,
    (error: unknown) => {
      if (error instanceof OutboundError && error.code === 'redirect') return 303;
      throw error;
    },
  );
  if (status === 303)
    return ok(`${redirectUri} has to be registered at the provider. It raised no objection.`);
  if (status >= 400 && status < 500) {
    return failed(
      `The provider refuses the client id with the redirect address (status ${status}). Register ${redirectUri} for it, letter for letter.`,
    );
  }
  return warning(
    `Register ${redirectUri} at the provider, letter for letter. Whether it is can’t be seen from here.`,
  );
}

/** Form-encoded before it is Basic (RFC 6749, 2.3.1). */
function basic(id: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${btoa(`${encoded(id)}:${encoded(secret)}`)}`;
}
