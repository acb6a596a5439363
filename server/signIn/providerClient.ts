import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  getJwksCache,
  setJwksCache,
} from 'openid-client';
import type { Deps } from '../deps.ts';
import {
  endpointFault,
  fetchMetadata,
  issuerFault,
  ProviderFault,
  type ProviderMetadata,
} from './metadata.ts';

export type ProviderAccess = { issuer: string; clientId: string; clientSecret: string };

/** Milliseconds that a discovery document and its keys are used again: starting is open to everybody, and each start would ask. */
const KEEP_MS = 10 * 60_000;

type Kept = { metadata: ProviderMetadata; keys: ReturnType<typeof getJwksCache>; until: number };

/** Connects to providers, and keeps for a while what they say of themselves. */
export function createProviderClients(deps: Pick<Deps, 'outbound' | 'clock'>) {
  const kept = new Map<string, Kept>();

  return {
    /**
     * What a sign-in by this provider goes through. `remember` keeps the keys that were fetched with it. OutboundError where
     * it can't be asked, ProviderFault where it isn't what was set up.
     */
    async connect(access: ProviderAccess): Promise<{ config: Configuration; remember: () => void }> {
      const now = deps.clock.now();
      let entry = kept.get(access.issuer);
      if (!entry || entry.until <= now) {
        entry = {
          metadata: await checkedMetadata(deps.outbound, access.issuer),
          keys: undefined,
          until: now + KEEP_MS,
        };
        kept.set(access.issuer, entry);
      }
      const found = entry;
      const config = clientOf(deps, access, found.metadata);
      if (found.keys) setJwksCache(config, found.keys);
      return { config, remember: () => (found.keys = getJwksCache(config)) };
    },
  };
}

export type ProviderClients = ReturnType<typeof createProviderClients>;

async function checkedMetadata(outbound: Deps['outbound'], issuer: string): Promise<ProviderMetadata> {
  const metadata = await fetchMetadata(outbound, issuer);
  const fault = issuerFault(metadata, issuer) ?? endpointFault(metadata);
  if (fault !== null) throw new ProviderFault(fault);
  return metadata;
}

/** Everything goes out by `outbound`, and times are those of the server's clock. Signatures are checked, over TLS too. */
function clientOf(
  { outbound, clock }: Pick<Deps, 'outbound' | 'clock'>,
  { issuer, clientId, clientSecret }: ProviderAccess,
  metadata: ProviderMetadata,
): Configuration {
  const skew = Math.round((clock.now() - Date.now()) / 1000);
  const config = new Configuration(metadata, clientId, { [clockSkew]: skew }, authOf(metadata, clientSecret));
  config[customFetch] = (url, { body, headers, method, signal }) =>
    outbound(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: bodyOf(body) }),
      ...(signal ? { signal } : {}),
    });
  // Plain http is the operator's to allow, and `outbound` has refused it where they don't.
  if (issuer.startsWith('http:')) allowInsecureRequests(config);
  enableNonRepudiationChecks(config);
  return config;
}

/** Without a word of the provider's it is Basic (OpenID Connect Discovery 1.0, section 3). */
export function usesPost({ token_endpoint_auth_methods_supported: methods }: ProviderMetadata): boolean {
  return (
    methods !== undefined &&
    !methods.includes('client_secret_basic') &&
    methods.includes('client_secret_post')
  );
}

const authOf = (metadata: ProviderMetadata, secret: string) =>
  usesPost(metadata) ? ClientSecretPost(secret) : ClientSecretBasic(secret);

type Sent = Parameters<NonNullable<Configuration[typeof customFetch]>>[1]['body'];

/** Forms only: what else the library could send, this flow doesn't. */
const bodyOf = (body: Sent): string | URLSearchParams | null =>
  typeof body === 'string' || body instanceof URLSearchParams ? body : null;
