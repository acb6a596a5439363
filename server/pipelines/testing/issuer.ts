import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { bitbucketClaims, githubClaims, gitlabClaims } from '../../../contract/pipelines/identity.testing.ts';
import type { PipelineProvider } from '../../../contract/pipelines/identity.ts';
import type { Outbound } from '../../deps.ts';
import { OutboundError } from '../../outboundError.ts';

/** What each provider says of a push to the main branch of one repository; `iss` is the issuer's own. */
export const usualClaims: Readonly<Record<PipelineProvider, Readonly<Record<string, unknown>>>> = {
  github: { ...githubClaims, run_id: '7001' },
  gitlab: { ...gitlabClaims, job_id: '9001' },
  bitbucket: bitbucketClaims,
};

/** Seconds that a token is good for. */
const LIFETIME = 300;

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** The keys that each issuer begins with: making some takes longer than most tests. */
let first: Promise<KeyPair> | undefined;
const firstKeys = () => (first ??= generateKeyPair('RS256'));

export type TestIssuer = Awaited<ReturnType<typeof createTestIssuer>>;

/**
 * An issuer of identity tokens, with keys of its own. It signs whatever it is asked to, and answers for its discovery document
 * and its keys: as an Outbound of a test's app, or (`answer`) behind a real listener. `url` is its `iss`.
 */
export async function createTestIssuer(options: {
  url: string;
  /** Milliseconds since the epoch; the clock of the app that is asked. */
  now?: () => number;
}) {
  const { url, now = Date.now } = options;
  const keys: { kid: string; privateKey: CryptoKey; jwk: Record<string, unknown> }[] = [];
  /** Why it can't be reached; null: it answers. */
  let away: string | null = null;
  /** What its discovery document says instead. */
  let discovery: Record<string, unknown> = {};
  const asked: string[] = [];

  /** From now on tokens are signed by another key. The old ones stay known unless `forget`. */
  async function rotate({ forget = false } = {}): Promise<void> {
    await signBy(await generateKeyPair('RS256'), forget);
  }
  async function signBy({ privateKey, publicKey }: KeyPair, forget = false): Promise<void> {
    const kid = crypto.randomUUID();
    if (forget) keys.length = 0;
    keys.unshift({
      kid,
      privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    });
  }
  await signBy(await firstKeys());

  /**
   * A token of these claims; `undefined` leaves one out that is there otherwise (iss, iat, exp, jti). `header` and `key` are for
   * tokens that nobody should take.
   */
  async function mint(
    claims: Readonly<Record<string, unknown>>,
    { header = {}, key }: { header?: Partial<JWTHeaderParameters>; key?: CryptoKey | Uint8Array } = {},
  ): Promise<string> {
    const [current] = keys;
    if (!current) throw new Error('An issuer has at least one key.');
    const seconds = Math.floor(now() / 1000);
    const usual = { iss: url, iat: seconds, exp: seconds + LIFETIME, jti: crypto.randomUUID() };
    return await new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: current.kid, typ: 'JWT', ...header })
      .sign(key ?? current.privateKey);
  }

  /** The document at this address, or null where it has none. */
  function answer(address: string): Response | null {
    if (address === `${url}/.well-known/openid-configuration`) {
      const document = {
        issuer: url,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      };
      return Response.json({ ...document, ...discovery });
    }
    if (address === `${url}/keys`) return Response.json({ keys: keys.map(({ jwk }) => jwk) });
    return null;
  }

  const outbound: Outbound = async (address) => {
    asked.push(address);
    if (away !== null) throw new OutboundError('unreachable', away);
    const response = answer(address);
    if (!response)
      throw new OutboundError(
        'unreachable',
        `${new URL(address).origin} can’t be reached: its name is not known.`,
      );
    return response;
  };

  return {
    url,
    mint,
    /** A token as the provider's, for this audience, with these claims changed. */
    mintFor: (provider: PipelineProvider, aud: string, changes: Readonly<Record<string, unknown>> = {}) =>
      mint({ ...usualClaims[provider], iss: url, aud, ...changes }),
    answer,
    outbound,
    rotate,
    /** Addresses that were asked for, in order. */
    asked,
    goAway: (why = `${new URL(url).origin} can’t be reached: it refuses the connection.`) => {
      away = why;
    },
    comeBack: () => {
      away = null;
    },
    /** Changes what its discovery document says. */
    say: (changes: Record<string, unknown>) => {
      discovery = changes;
    },
  };
}
