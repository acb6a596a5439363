/**
 * Where an agent fetches the secrets once per start (GET), and says of which version they are in their place (PUT, without a body);
 * with its join token as bearer and these headers: the replica's key and secret, and with PUT the version.
 * Apart from the schemas, so that the agent and the command line get them without zod.
 */
export const AGENT_SECRETS_PATH = '/agent/v1/secrets';
export const agentSecretsHeaders = {
  key: 'culvert-replica',
  secret: 'culvert-replica-secret',
  version: 'culvert-secrets-version',
} as const;

/** Where an agent keeps what it was given, in memory only; CULVERT_SECRETS names another folder. */
export const SECRETS_FOLDER = '/run/culvert';
/** Below it: everything for `culvert run`, the same for login shells, and a folder with a file for each file secret. */
export const secretFiles = { all: 'secrets.json', shell: 'environment.sh', folder: 'files' } as const;

/** The content of `secrets.json`. `value` of a file secret is its path. */
export type KeptSecrets = { items: KeptSecret[] };
export type KeptSecret = { name: string; value: string; delivery: 'environment' | 'file' };
