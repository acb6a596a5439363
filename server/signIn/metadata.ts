import { z } from 'zod';
import type { Outbound } from '../deps.ts';

const strings = z.array(z.string()).exactOptional();

/** What is used of a provider's discovery document (OpenID Connect Discovery 1.0, section 3). */
export const ProviderMetadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string().exactOptional(),
  token_endpoint: z.string().exactOptional(),
  jwks_uri: z.string().exactOptional(),
  userinfo_endpoint: z.string().exactOptional(),
  scopes_supported: strings,
  response_types_supported: strings,
  code_challenge_methods_supported: strings,
  token_endpoint_auth_methods_supported: strings,
  id_token_signing_alg_values_supported: strings,
  authorization_response_iss_parameter_supported: z.boolean().exactOptional(),
});
export type ProviderMetadata = z.infer<typeof ProviderMetadata>;

/** A provider answered, but not as one does; the message says what is wrong, for whoever set it up. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
}

export const discoveryAddress = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** The discovery document of an issuer. OutboundError where it can't be asked, ProviderFault where it has none. */
export async function fetchMetadata(outbound: Outbound, issuer: string): Promise<ProviderMetadata> {
  const address = discoveryAddress(issuer);
  const response = await outbound(address, { headers: { accept: 'application/json' } });
  if (response.status !== 200) {
    throw new ProviderFault(
      `${address} answers with status ${response.status}. Enter the address of the issuer as the provider names it, without “/.well-known/…”.`,
    );
  }
  const parsed = ProviderMetadata.safeParse(await response.json().catch(() => null));
  if (!parsed.success) throw new ProviderFault(`What stands at ${address} is no discovery document.`);
  return parsed.data;
}

/** Why the document isn't the issuer's that was named, or null. Letter for letter: `iss` of each token is compared with it. */
export function issuerFault(metadata: ProviderMetadata, issuer: string): string | null {
  if (metadata.issuer === issuer) return null;
  if (metadata.issuer.includes('{')) {
    return 'This address is for all tenants. Enter the one with the id of your tenant in place of “common” or “organizations”.';
  }
  return `The provider calls itself ${metadata.issuer.slice(0, 300)}. Enter exactly that as the issuer.`;
}

const endpoints = [
  ['authorization_endpoint', 'where people sign in'],
  ['token_endpoint', 'where codes are exchanged'],
  ['jwks_uri', 'where its keys are'],
] as const;

/** Which address is missing or can't be used, or null: browsers and secrets are sent there, so https where the issuer has it. */
export function endpointFault(metadata: ProviderMetadata): string | null {
  for (const [name, meaning] of endpoints) {
    const text = metadata[name];
    if (text === undefined) return `The discovery document doesn’t say ${meaning} (${name}).`;
    const protocol = URL.parse(text)?.protocol;
    const plain = protocol === 'http:' && metadata.issuer.startsWith('http:');
    if (protocol !== 'https:' && !plain) return `The address ${meaning} (${name}) must be one with https.`;
  }
  return null;
}
