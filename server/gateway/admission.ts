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

/** What a request shows to be let in: an API token, or else what values it brings of the port’s cookie. */
export type Shown = { token: string } | { cookies: readonly string[] };

/** What the database says about who asks, and for what. */
export type Found = {
  port: ForwardedPort | null;
  /** Null where nothing was shown that is good. */
  credential: Credential | null;
  /** Whether the credential’s user is in the port’s team. */
  member: boolean;
};

export function whatIsShown({ headers }: PortRequest, settings: GatewayDeps['settings']): Shown {
  const token = headers.get(TOKEN_HEADER);
  if (token !== null) return { token };
  return { cookies: cookieValues(headers.get('cookie'), cookieNames(settings).access) };
}

/** The same queries are made whether there is a port or not. */
export async function lookUp({ db, clock }: GatewayDeps, label: string, shown: Shown): Promise<Found> {
  const port = await findForwardedPort(db, label);
  const credential =
    'token' in shown
      ? await readApiToken(db, clock, shown.token)
      : await readAccessCookie(db, clock, shown.cookies, port?.id ?? '');
  const member = credential !== null && (await isMember(db, port?.teamId ?? '', credential.userId));
  return { port, credential, member };
}

/** Decides about one request, on what the database says at this moment. */
export async function admission(
  deps: GatewayDeps,
  request: PortRequest,
  shown: Shown,
  { port, credential, member }: Found,
): Promise<Admission> {
  const now = deps.clock.now();
  const viewer = viewerAt(credential, port, member);
  const decision = decide(port, viewer, now);
  if ('token' in shown) {
    return credential === null ? { decision: 'bad-token' } : outcome(decision, port, credential);
  }
  if (port === null || decision !== 'allow') return outcome(decision, port, credential);
  if (decide(port, { kind: 'anonymous' }, now) === 'allow') {
    return outcome(decision, port, lets(viewer, port, now) ? credential : null);
  }
  if (!(await mayUseCookie(deps, request, port))) return { decision: 'foreign-origin' };
  return outcome(decision, port, credential);
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
