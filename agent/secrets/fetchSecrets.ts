import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { AGENT_SECRETS_PATH, agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import { checkSecretName } from '../../contract/secrets.ts';
import type { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { readRefusal } from '../refusal.ts';
import { listOf, objectOf, oneOf, text } from '../shapes.ts';
import type { Shape } from '../shapes.ts';
import type { Identity } from '../state.ts';

/** A name ends up in a shell's file and in the names of files: what isn't one is none, whoever sends it. */
const secretName: Shape<string> = (value): value is string => {
  if (!text(value)) return false;
  const checked = checkSecretName(value);
  return checked.ok && checked.value === value;
};
const secretValue: Shape<string> = (value): value is string => text(value) && !value.includes('\0');

export const isDelivered = objectOf<DeliveredSecrets>({
  version: text,
  items: listOf(
    objectOf<DeliveredSecrets['items'][number]>({
      name: secretName,
      value: secretValue,
      delivery: oneOf('environment', 'file'),
    }),
  ),
});

export type Fetched =
  | { kind: 'given'; items: DeliveredSecrets['items'] }
  /** The server knows no secrets, being older than this agent: nothing to try again. */
  | { kind: 'unknown' }
  | { kind: 'failed'; problem: string };

/** More than 200 secrets of 48 KB, each character escaped. Bytes. */
const longestBody = 64 * 1024 * 1024;
const timeoutMs = 30_000;

/** Asks the server for the secrets of this replica. Never rejects; `problem` holds nothing of them. */
export async function fetchSecrets(options: {
  server: URL;
  token: string;
  identity: Identity;
  signal: AbortSignal;
}): Promise<Fetched> {
  const { server, token, identity, signal } = options;
  const address = new URL(
    AGENT_SECRETS_PATH.slice(1),
    server.href.endsWith('/') ? server : `${server.href}/`,
  );
  const request = server.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    authorization: `Bearer ${token}`,
    [agentSecretsHeaders.key]: identity.key,
    [agentSecretsHeaders.secret]: identity.secret,
  };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      // A connection of its own, so that none is kept for later.
      const sent = request(address, { headers, agent: false, signal: within }, resolve);
      sent.on('error', reject);
      sent.end();
    });
    if (response.statusCode === 404) {
      response.destroy();
      return { kind: 'unknown' };
    }
    if (response.statusCode !== 200) {
      return { kind: 'failed', problem: (await readRefusal(response)).text };
    }
    return await readDelivered(response);
  } catch (error) {
    return { kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  }
}

async function readDelivered(response: IncomingMessage): Promise<Fetched> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) break;
    size += chunk.length;
    if (size > longestBody) return { kind: 'failed', problem: 'The answer is too long.' };
    chunks.push(chunk);
  }
  const answer = parseJson(Buffer.concat(chunks).toString('utf8'));
  if (isDelivered(answer)) return { kind: 'given', items: answer.items };
  return { kind: 'failed', problem: 'The answer can’t be read.' };
}

/** Never with the engine's own error, which quotes what it read. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
