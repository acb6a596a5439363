import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createTestIssuer, usualClaims, type TestIssuer } from '../../server/pipelines/testing/issuer.ts';

export type LocalIssuer = {
  /** Its `iss`: http on loopback, so the server that is to trust it needs CULVERT_ALLOW_PRIVATE_ISSUERS. */
  url: string;
  issuer: TestIssuer;
  /** What a job of GitHub Actions finds in its environment; tokens come with the claims that `says` last gave. */
  github: { requestUrl: string; requestToken: string; says: (changes: Record<string, unknown>) => void };
  close: () => Promise<void>;
};

/** An issuer of identity tokens on a port of this machine, with the token endpoint that GitHub's runners ask. */
export async function startLocalIssuer(port = 0): Promise<LocalIssuer> {
  let issuer: TestIssuer | undefined;
  let changes: Record<string, unknown> = {};
  const requestToken = crypto.randomUUID();

  const answer = async (request: IncomingMessage): Promise<Response> => {
    if (!issuer) return new Response(null, { status: 503 });
    const asked = new URL(request.url ?? '/', issuer.url);
    if (asked.pathname === '/token') {
      if (request.headers.authorization?.toLowerCase() !== `bearer ${requestToken}`) {
        return new Response(null, { status: 401 });
      }
      const aud = asked.searchParams.get('audience') ?? undefined;
      const claims = { ...usualClaims.github, iss: issuer.url, aud, ...changes };
      return Response.json({ value: await issuer.mint(claims) });
    }
    return issuer.answer(asked.href) ?? new Response(null, { status: 404 });
  };

  const send = async (request: IncomingMessage, response: ServerResponse) => {
    const answered = await answer(request);
    const body = await answered.text();
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(body);
  };
  const server = createServer((request, response) => {
    send(request, response).catch((error: unknown) => response.destroy(new Error(String(error))));
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on a port.');
  const url = `http://127.0.0.1:${address.port}`;
  issuer = await createTestIssuer({ url });

  return {
    url,
    issuer,
    github: {
      // With a query already, as GitHub's has.
      requestUrl: `${url}/token?api-version=2.0`,
      requestToken,
      says: (next) => {
        changes = next;
      },
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
