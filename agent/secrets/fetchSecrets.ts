import type { IncomingMessage } from 'node:http';
import { checkSecretName } from '../../contract/secrets.ts';
import type { DeliveredSecrets } from '../../contract/secretsApi.ts';
import { readRefusal } from '../refusal.ts';
import { listOf, objectOf, oneOf, text } from '../shapes.ts';
import type { Shape } from '../shapes.ts';
import { sendForSecrets } from './sendForSecrets.ts';
import type { SecretsServer } from './sendForSecrets.ts';

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
  | { kind: 'given'; secrets: DeliveredSecrets }
  /** The server knows no secrets, being older than this agent: nothing to try again. */
  | { kind: 'unknown' }
  | { kind: 'failed'; problem: string };

/** More than 200 secrets of 48 KB, each character escaped. Bytes. */
const longestBody = 64 * 1024 * 1024;

/** Asks the server for the secrets of this replica. Never rejects; `problem` holds nothing of them. */
export async function fetchSecrets(from: SecretsServer): Promise<Fetched> {
  try {
    const response = await sendForSecrets(from, 'GET');
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
  if (isDelivered(answer)) return { kind: 'given', secrets: answer };
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
