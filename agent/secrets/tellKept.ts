import { agentSecretsHeaders } from '../../contract/secretDelivery.ts';
import { readRefusal } from '../refusal.ts';
import { sendForSecrets } from './sendForSecrets.ts';
import type { SecretsServer } from './sendForSecrets.ts';

/**
 * Tells the server that the secrets of this version are in their place.
 *
 * @throws when it can't be told now
 */
export async function tellKept(to: SecretsServer, version: string): Promise<void> {
  const response = await sendForSecrets(to, 'PUT', { [agentSecretsHeaders.version]: version });
  if (response.statusCode !== 204) throw new Error((await readRefusal(response)).text);
  response.resume();
}
