import { decidePortAccess, type PortDecision } from '../../contract/portAccess.ts';
import type { Deps } from '../deps.ts';
import { cookieNames, cookieValues } from './cookies.ts';
import { readAccessCookie, readApiToken, TOKEN_HEADER, viewerAt, type Credential } from './credentials.ts';
import { labelOfOrigin } from './hosts.ts';
import { findForwardedPort, noPolicy, type ForwardedPort } from './lookup.ts';
import { provenance } from './originRule.ts';
import type { PortRequest } from './portGateway.ts';
import { requestKind } from './requestKind.ts';
import { portUrl } from '../ports/portUrl.ts';

export type Admission =
  | { decision: 'allow'; port: ForwardedPort; credential: Credential | null }
  | { decision: Exclude<PortDecision, 'allow'> | 'bad-token' | 'foreign-origin' };

/**
 * Decides about one request from what is in the database at this moment: nothing is remembered from one request to the
 * next. The same queries are made whether there is a port or not.
 */
export async function admission(
  { db, clock, settings }: Pick<Deps, 'db' | 'clock' | 'settings'>,
  request: PortRequest,
): Promise<Admission> {
  const { label, headers } = request;
  const port = await findForwardedPort(db, label);
  const decide = (credential: Credential | null) =>
    decidePortAccess(port, viewerAt(credential, port), port?.policy ?? noPolicy, clock.now());

  const token = headers.get(TOKEN_HEADER);
  if (token !== null) {
    const credential = await readApiToken(db, clock, token);
    if (credential === null) return { decision: 'bad-token' };
    const decision = decide(credential);
    return decision === 'allow' && port !== null ? { decision, port, credential } : refusal(decision);
  }

  const values = cookieValues(headers.get('cookie'), cookieNames(settings).access);
  const credential = await readAccessCookie(db, clock, values, port?.id ?? '');
  const decision = decide(credential);
  if (decision !== 'allow' || port === null) return refusal(decision);
  if (decide(null) === 'allow')
    return { decision, port, credential: wouldLetIn(credential) ? credential : null };
  if (!(await mayUseCookie())) return { decision: 'foreign-origin' };
  return { decision, port, credential };

  /** At a public port, a cookie says who somebody is as long as it would let them in if only members could come. */
  function wouldLetIn(shown: Credential | null): boolean {
    if (port === null) return false;
    const members = { ...port, visibility: 'organization' } as const;
    return (
      decidePortAccess(members, viewerAt(shown, port), { organization: true, public: true }, clock.now()) ===
      'allow'
    );
  }

  /** Whether this request comes from pages that may use the viewer’s cookie: the port’s own, or of the same workspace. */
  async function mayUseCookie(): Promise<boolean> {
    const source = provenance(request, requestKind(request), portUrl(settings, label) ?? '');
    if (source.from !== 'origin') return source.from === 'own';
    const sibling = labelOfOrigin(source.origin, settings);
    if (sibling === null) return false;
    return (await findForwardedPort(db, sibling))?.workspaceId === port?.workspaceId;
  }
}

const refusal = (decision: PortDecision): Admission => ({
  decision: decision === 'sign-in' ? 'sign-in' : 'not-found',
});
