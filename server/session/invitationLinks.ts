import { createRoute } from '@hono/zod-openapi';
import { InvitationAccept, InvitationOffer, LinkToken, Session } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { unauthenticated } from '../http/problem.ts';
import { json, jsonBody, problems } from '../http/responses.ts';
import { passwordsAreOff, waysToJoin } from '../waysIn/passwordsOff.ts';
import { acceptInvitation, readOffer } from './invitations.ts';
import { openLink } from './links.ts';
import { checkNewPassword } from './passwordRules.ts';
import { hashPassword } from './account.ts';
import { requireSession, startSession } from './sessions.ts';

const lookUp = createRoute({
  method: 'post',
  path: '/api/v1/invitations/lookup',
  tags: ['Setup and links'],
  summary: 'What an invitation offers',
  description: 'Doesn’t spend the link.',
  request: { body: jsonBody(LinkToken) },
  responses: { 200: json(InvitationOffer, 'The team and the role.'), ...problems(403, 404, 422) },
});

const accept = createRoute({
  method: 'post',
  path: '/api/v1/invitations/accept',
  tags: ['Setup and links'],
  summary: 'Accept an invitation',
  security: [{}, { session: [] }],
  description: 'With `account`, makes one and signs it in. Without, the signed-in person joins the team.',
  request: { body: jsonBody(InvitationAccept) },
  responses: { 200: json(Session, 'Joined and signed in.'), ...problems(401, 403, 404, 409, 422) },
});

export function registerInvitationLinks(app: App, deps: Deps): void {
  const { db, bus } = deps;

  app.openapi(lookUp, async (c) => {
    const token = await openLink(deps, db, 'invitation', c.req.valid('json').token);
    return c.json(await readOffer(db, token), 200);
  });

  app.openapi(accept, async (c) => {
    const { token, account } = c.req.valid('json');
    const invitation = await openLink(deps, db, 'invitation', token);
    let joining;
    if (account) {
      const { provider, passwordSignIn } = await waysToJoin(db, invitation.team_id ?? '');
      if (provider && !passwordSignIn) throw passwordsAreOff(provider.name);
      checkNewPassword(account.password, account, 'account.password');
      const passwordHash = await hashPassword(deps, account.password);
      joining = { account: { name: account.name, email: account.email, passwordHash } };
    } else {
      if (!c.var.viewer) throw unauthenticated('Sign in or make an account to accept the invitation.');
      joining = { viewer: requireSession(c) };
    }
    const joined = await db.transaction().execute((trx) => acceptInvitation(deps, trx, token, joining));
    bus.publish(joined.teamId, ['team', 'activity']);
    return c.json(await startSession(c, deps, joined.userId), 200);
  });
}
