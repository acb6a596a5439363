import { createRoute } from '@hono/zod-openapi';
import { Session } from '../../contract/session.ts';
import type { Deps } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { json } from '../http/responses.ts';
import { registerInvitationLinks } from './invitationLinks.ts';
import { registerMe } from './me.ts';
import { registerOwnSessions } from './ownSessions.ts';
import { registerPasswordResets } from './passwordResets.ts';
import { sessionView } from './sessionView.ts';
import { registerSetup } from './setup.ts';
import { registerSignIn } from './signIn.ts';

const getSession = createRoute({
  method: 'get',
  path: '/api/v1/session',
  tags: ['Session'],
  summary: 'Who is signed in',
  description: 'Answers 200 to somebody who isn’t signed in too: `user` is null then.',
  responses: {
    200: json(Session, 'The viewer, their teams, and what the dashboard needs to know of the server.'),
  },
});

export function registerSession(app: App, deps: Deps): void {
  app.openapi(getSession, async (c) => c.json(await sessionView(deps, c.var.viewer), 200));
  registerSignIn(app, deps);
  registerOwnSessions(app, deps);
  registerMe(app, deps);
  registerSetup(app, deps);
  registerInvitationLinks(app, deps);
  registerPasswordResets(app, deps);
}
