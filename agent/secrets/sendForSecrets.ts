import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AGENT_SECRETS_PATH, agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import type { Identity } from '../state.ts';

/** Where a replica's secrets come from, and as whom it asks. */
export type SecretsServer = { server: URL; token: string; identity: Identity; signal: AbortSignal };

const timeoutMs = 30_000;

/**
 * Sends one request about this replica's secrets, and resolves with the answer, whose body is still to be read.
 *
 * @throws when there is no answer
 */
export function sendForSecrets(
  { server, token, identity, signal }: SecretsServer,
  method: 'GET' | 'PUT',
  more: Record<string, string> = {},
): Promise<IncomingMessage> {
  const address = new URL(
    AGENT_SECRETS_PATH.slice(1),
    server.href.endsWith('/') ? server : `${server.href}/`,
  );
  const request = server.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    authorization: `Bearer ${token}`,
    [agentSecretsHeaders.key]: identity.key,
    [agentSecretsHeaders.secret]: identity.secret,
    ...more,
  };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    // A connection of its own, so that none is kept for later.
    const sent = request(address, { method, headers, agent: false, signal: within }, resolve);
    sent.on('error', reject);
    sent.end();
  });
}
