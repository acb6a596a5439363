import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { Outbound } from '../../deps.ts';
import { encodeBase64Url } from '../../base64url.ts';
import { OutboundError } from '../../outboundError.ts';

/** Who signs in at the provider: the claims of the id token, and those that only its userinfo endpoint tells. */
export type AtProvider = {
  sub: string;
  idToken?: Readonly<Record<string, unknown>>;
  userInfo?: Readonly<Record<string, unknown>>;
};

type Granted = { person: AtProvider; query: URLSearchParams };

/** What a test changes of what the provider says and does. */
export type Misbehaviour = {
  /** Why it can't be reached. */
  away?: string;
  /** Members of its discovery document; `undefined` leaves one out. */
  discovery?: Readonly<Record<string, unknown>>;
  /** Claims of the next id tokens. */
  claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key that it doesn't publish. */
  strangeKey?: boolean;
  /** Status with which it answers at its authorization endpoint; a redirect without. */
  authorization?: number;
};

export type ScriptedProvider = Awaited<ReturnType<typeof createScriptedProvider>>;

/** Made once: each pair takes a tenth of a second. */
let made: ReturnType<typeof makeKeys> | undefined;
const makeKeys = async () => ({
  keys: await generateKeyPair('RS256'),
  strange: await generateKeyPair('RS256'),
});

/**
 * An OpenID provider that signs real tokens and checks what a provider has to: client, redirect address, PKCE, and that a code
 * is used once. `outbound` is what the app asks it by; `authorize` is what the browser does there.
 */
export async function createScriptedProvider(options: {
  issuer: string;
  client: { id: string; secret: string; redirectUri: string };
  /** Milliseconds since the epoch; the clock of the app that it signs people in to. */
  now?: () => number;
}) {
  const { issuer, client, now = Date.now } = options;
  const { keys, strange } = await (made ??= makeKeys());
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, Granted>();
  const asked: string[] = [];
  let misbehaviour: Misbehaviour = {};

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'email', 'profile'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
    ...misbehaviour.discovery,
  });

  async function idToken({ person, query }: Granted): Promise<string> {
    const seconds = Math.floor(now() / 1000);
    const nonce = query.get('nonce');
    const usual = { iss: issuer, sub: person.sub, aud: client.id, iat: seconds, exp: seconds + 300 };
    const key: CryptoKey = misbehaviour.strangeKey ? strange.privateKey : keys.privateKey;
    return await new SignJWT({ ...usual, nonce, ...person.idToken, ...misbehaviour.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .sign(key);
  }

  async function token(request: Request): Promise<Response> {
    if (
      request.headers.get('authorization') !==
      `Basic ${btoa(`${formEncoded(client.id)}:${formEncoded(client.secret)}`)}`
    )
      return Response.json({ error: 'invalid_client' }, { status: 401 });
    const form = new URLSearchParams(await request.text());
    const code = form.get('code') ?? '';
    const granted = codes.get(code);
    codes.delete(code);
    const challenge = await sha256(form.get('code_verifier') ?? '');
    const fits =
      granted?.query.get('code_challenge') === challenge && form.get('redirect_uri') === client.redirectUri;
    if (!granted || !fits) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    return Response.json({
      access_token: granted.person.sub,
      token_type: 'Bearer',
      id_token: await idToken(granted),
    });
  }

  const people = new Map<string, AtProvider>();
  const userInfo = (request: Request) => {
    const sub = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
    return Response.json({ sub, ...people.get(sub)?.userInfo });
  };

  const answer = (request: Request): Response | Promise<Response> => {
    switch (new URL(request.url).pathname.slice(new URL(issuer).pathname.replace(/\/$/, '').length)) {
      case '/.well-known/openid-configuration':
        return Response.json(metadata());
      case '/keys':
        return Response.json({ keys: [jwk] });
      case '/token':
        return token(request);
      case '/userinfo':
        return userInfo(request);
      case '/authorize':
        if (misbehaviour.authorization === undefined)
          throw new OutboundError('redirect', 'It answers with a redirect.');
        return new Response('', { status: misbehaviour.authorization });
      default:
        return new Response('', { status: 404 });
    }
  };

  const outbound: Outbound = async (url, init) => {
    asked.push(url);
    if (misbehaviour.away !== undefined) throw new OutboundError('unreachable', misbehaviour.away);
    if (!url.startsWith(issuer)) throw new OutboundError('unreachable', `${url} can’t be reached.`);
    return await answer(new Request(url, init));
  };

  return {
    issuer,
    outbound,
    /** Addresses that were asked for, in order. */
    asked,
    misbehave: (next: Misbehaviour) => {
      misbehaviour = next;
    },
    /** Somebody signs in at the page where the browser was sent: the address that it comes back to. */
    authorize(address: string, person: AtProvider): URL {
      const { searchParams: query } = new URL(address);
      const code = crypto.randomUUID();
      codes.set(code, { person, query });
      people.set(person.sub, person);
      const back = new URL(query.get('redirect_uri') ?? '');
      const parameters = { code, state: query.get('state') ?? '', iss: issuer };
      for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
      return back;
    },
  };
}

/** RFC 6749, 2.3.1. */
const formEncoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

async function sha256(text: string): Promise<string> {
  return encodeBase64Url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  );
}
