import { decidePortAccess, type PortDecision, type PortViewer } from '../../contract/portAccess.ts';
import { portUrl } from '../ports/portUrl.ts';
import { cookieNames, cookieValues } from './cookies.ts';
import { readAccessCookie, readApiToken, TOKEN_HEADER, viewerAt, type Credential } from './credentials.ts';
import { labelOfOrigin } from './hosts.ts';
import { findForwardedPort, isMember, noPolicy, type ForwardedPort } from './lookup.ts';
import { provenance } from './originRule.ts';
import type { GatewayDeps, PortRequest } from './portGateway.ts';
import { requestKind } from './requestKind.ts';

export type Admission =
  /** `credential`: what says who the viewer is; null: somebody of whom nothing is known, at a public port. */
  | { decision: 'allow'; port: ForwardedPort; credential: Credential | null }
  | { decision: 'sign-in' | 'not-found' | 'bad-token' | 'foreign-origin' };

/**
 * Decides about one request from what is in the database at this moment: nothing is remembered from one request to the
 * next. The same queries are made whether there is a port or not.
 */
export async function admission(deps: GatewayDeps, request: PortRequest): Promise<Admission> {
  const { db, clock, settings } = deps;
  const port = await findForwardedPort(db, request.label);
  const token = request.headers.get(TOKEN_HEADER);
  if (token !== null) {
    const credential = await readApiToken(db, clock, token);
    if (credential === null) return { decision: 'bad-token' };
    return outcome(decide(port, await viewerOf(db, credential, port), clock.now()), port, credential);
  }

  const values = cookieValues(request.headers.get('cookie'), cookieNames(settings).access);
  const credential = await readAccessCookie(db, clock, values, port?.id ?? '');
  const viewer = await viewerOf(db, credential, port);
  const decision = decide(port, viewer, clock.now());
  if (port === null || decision !== 'allow') return outcome(decision, port, credential);
  if (decide(port, { kind: 'anonymous' }, clock.now()) === 'allow') {
    return outcome(decision, port, lets(viewer, port, clock.now()) ? credential : null);
  }
  if (!(await mayUseCookie(deps, request, port))) return { decision: 'foreign-origin' };
  return outcome(decision, port, credential);
}

async function viewerOf(
  db: GatewayDeps['db'],
  credential: Credential | null,
  port: ForwardedPort | null,
): Promise<PortViewer> {
  const member = credential !== null && (await isMember(db, port?.teamId ?? '', credential.userId));
  return viewerAt(credential, port, member);
}

const decide = (port: ForwardedPort | null, viewer: PortViewer, now: number): PortDecision =>
  decidePortAccess(port, viewer, port?.policy ?? noPolicy, now);

const outcome = (
  decision: PortDecision,
  port: ForwardedPort | null,
  credential: Credential | null,
): Admission => {
  if (decision === 'sign-in') return { decision };
  return decision === 'allow' && port !== null ? { decision, port, credential } : { decision: 'not-found' };
};

/** At a public port, a cookie says who somebody is as long as it would let them in if only members could come. */
const lets = (viewer: PortViewer, port: ForwardedPort, now: number): boolean =>
  decide(
    { ...port, visibility: 'organization', policy: { organization: true, public: true } },
    viewer,
    now,
  ) === 'allow';

/** Whether the request comes from pages that may use the viewer’s cookie: the port’s own, or those of the same workspace. */
async function mayUseCookie(
  { db, settings }: GatewayDeps,
  request: PortRequest,
  port: ForwardedPort,
): Promise<boolean> {
  const source = provenance(request, requestKind(request), portUrl(settings, request.label) ?? '');
  if (source.from !== 'origin') return source.from === 'own';
  const sibling = labelOfOrigin(source.origin, settings);
  if (sibling === null) return false;
  return (await findForwardedPort(db, sibling))?.workspaceId === port.workspaceId;
}
