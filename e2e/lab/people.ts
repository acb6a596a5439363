import type { ApiTokenCreated, InvitationCreated } from '../../contract/team.ts';
import type { Session } from '../../contract/session.ts';
import { Api } from './api.ts';
import type { ServerProcess } from './serverProcess.ts';

/** Somebody with an account, and an API token of theirs. */
export type Person = { id: string; name: string; email: string; password: string; token: string; api: Api };

/** What a browser sends when somebody is signed in: some things an API token may not do. */
export class SignedIn {
  readonly session: Session;
  readonly #server: ServerProcess;
  /** The session’s cookie: `name=value`. */
  readonly cookie: string;

  private constructor(server: ServerProcess, session: Session, cookie: string) {
    this.#server = server;
    this.session = session;
    this.cookie = cookie;
  }

  /** Signs in or joins, whichever `path` does; throws with the problem’s text. */
  static async by(server: ServerProcess, path: string, body: unknown): Promise<SignedIn> {
    const response = await send(server, 'POST', path, body);
    const session: Session = JSON.parse(await response.text());
    return new SignedIn(server, session, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }

  async post<Body>(path: string, body: unknown): Promise<Body> {
    const answer: Body = JSON.parse(await (await send(this.#server, 'POST', path, body, this.cookie)).text());
    return answer;
  }

  async delete(path: string): Promise<void> {
    await send(this.#server, 'DELETE', path, undefined, this.cookie);
  }
}

async function send(
  server: ServerProcess,
  method: 'POST' | 'DELETE',
  path: string,
  body: unknown,
  cookie = '',
): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', origin: server.url, cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

/**
 * Has somebody join a team by an invitation, as they would in a browser, and make an API token.
 *
 * @param admin an admin of the team
 * @param team `/teams/{id}`
 */
export async function joinTeam(
  server: ServerProcess,
  admin: SignedIn,
  team: string,
  name: string,
): Promise<Person> {
  const account = {
    name,
    email: `${name.toLowerCase()}@example.com`,
    password: 'forward what listens, gladly',
  };
  const { url } = await admin.post<InvitationCreated>(`${team}/invitations`, { role: 'member' });
  const invitation = new URL(url).hash.slice(1);
  const joined = await SignedIn.by(server, '/invitations/accept', { token: invitation, account });
  const { token } = await joined.post<ApiTokenCreated>(`${team}/api-tokens`, { name: 'scripts' });
  return { id: joined.session.user?.id ?? '', ...account, token, api: new Api(server.port, token) };
}
