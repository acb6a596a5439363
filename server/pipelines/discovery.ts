import { z } from 'zod';
import { shown } from '../../contract/shownText.ts';
import type { Outbound } from '../deps.ts';
import { OutboundError } from '../outboundError.ts';

const Document = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Why an issuer can't be used, in words for the admin who typed its address. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
}

/**
 * The address of an issuer's keys, from its discovery document (OpenID Connect Discovery 1.0, 4). The document has to name
 * exactly this issuer, so that a document of another's can't be put under its address. IssuerError otherwise.
 */
export async function keysAddress(outbound: Outbound, issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = Document.safeParse(await readJsonAt(outbound, address));
  if (!document.success) {
    throw new IssuerError(`${address} is no discovery document: it names no issuer, or no keys.`);
  }
  if (document.data.issuer !== issuer) {
    throw new IssuerError(
      `${address} is the document of another issuer, “${shown(document.data.issuer, 300)}”. Enter that one, exactly so.`,
    );
  }
  return document.data.jwks_uri;
}

/** What is at this address, as JSON. IssuerError where nothing usable is. */
export async function readJsonAt(outbound: Outbound, address: string): Promise<unknown> {
  try {
    const response = await outbound(address, { headers: { accept: 'application/json' } });
    if (response.status !== 200) throw new IssuerError(`${address} answers with ${response.status}.`);
    return await response.json();
  } catch (error) {
    if (error instanceof IssuerError) throw error;
    throw new IssuerError(
      error instanceof OutboundError ? error.message : `${address} answers with something that isn’t JSON.`,
    );
  }
}
