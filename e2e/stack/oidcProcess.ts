/*
 * A company's OpenID provider as a process of its own on loopback: oidc-provider with its own pages to sign in at. Whoever types
 * a name of `people` is that person. Its parent says by message what is done to addresses on the way, as somebody in between
 * could.
 */
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { people, type OidcSettings, type Tampering } from './oidcPeople.ts';

const settings: OidcSettings = JSON.parse(process.argv[2] ?? '{}');
const issuer = `http://127.0.0.1:${settings.port}`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
let tampering: Tampering = {};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'culvert',
      client_secret: settings.clientSecret,
      redirect_uris: [settings.redirectUri],
    },
  ],
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  findAccount: (_context, id) => {
    const claims = people[id];
    return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
  },
  cookies: { keys: ['of the tests'] },
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }] },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
});

/** The address with these parameters set, or left out. */
function changed(address: string, parameters: Tampering['callback'] = {}): string {
  const url = new URL(address, issuer);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

/** Changes where the browser is sent back to. */
function tamperWith(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const back = name.toLowerCase() === 'location' && String(value).startsWith(settings.redirectUri);
    return setHeader(name, back ? changed(String(value), tampering.callback) : value);
  };
}

const answer = provider.callback();
const server = createServer((request, response) => {
  tamperWith(response);
  const { pathname, search } = new URL(changed(request.url ?? '/', {}));
  if (pathname === '/auth') {
    const tampered = new URL(changed(`${pathname}${search}`, tampering.authorize));
    request.url = `${tampered.pathname}${tampered.search}`;
  }
  answer(request, response);
});
process.on('message', (message: Tampering) => {
  tampering = message;
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
server.listen(settings.port, '127.0.0.1', () => process.send?.('done'));
