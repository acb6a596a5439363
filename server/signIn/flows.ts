import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Selectable } from 'kysely';
import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { SignInFlowTable } from '../db/schema.ts';
import type { Deps, ServerSettings } from '../deps.ts';
import { newId } from '../ids.ts';
import { sessionCookieName } from '../session/sessionCookie.ts';
import { sha256Hex } from '../tokens.ts';

/** How long somebody may take at the provider. */
const FLOW_MS = 10 * 60_000;

/** Where a flow that was begun goes on to. */
export type FlowStart = {
  providerId: string;
  returnTo: string;
  invitationId: string | null;
  linkUserId: string | null;
};

export type Flow = Omit<Selectable<SignInFlowTable>, 'verifier_sealed'> & { verifier: string };

type FlowDeps = Pick<Deps, 'db' | 'clock' | 'secretBox' | 'settings'>;

const sealedFor = (id: string) => `sign-in-flow:${id}`;
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

/** A cookie for each flow, named after it, so that two tabs don’t end each other’s. */
const cookieName = (settings: ServerSettings, state: string) =>
  `${sessionCookieName(settings)}-sign-in-${state.slice(0, 16)}`;

/** Begins a flow: what has to come back is kept here, and this browser alone can come back with it. */
export async function beginFlow(
  c: Context,
  { db, clock, secretBox, settings }: FlowDeps,
  start: FlowStart,
): Promise<{ state: string; nonce: string; challenge: string }> {
  const now = clock.now();
  const id = newId('flow');
  const [state, nonce, verifier, key] = [
    randomState(),
    randomNonce(),
    randomPKCECodeVerifier(),
    randomState(),
  ];
  const iso = (ms: number) => new Date(ms).toISOString();
  await db.deleteFrom('sign_in_flow').where('expires_at', '<=', iso(now)).execute();
  await db
    .insertInto('sign_in_flow')
    .values({
      id,
      cookie_hash: await sha256Hex(key),
      provider_id: start.providerId,
      state,
      nonce,
      verifier_sealed: await secretBox.seal(verifier, sealedFor(id)),
      return_to: start.returnTo,
      invitation_id: start.invitationId,
      link_user_id: start.linkUserId,
      created_at: iso(now),
      expires_at: iso(now + FLOW_MS),
    })
    .execute();
  setCookie(c, cookieName(settings, state), key, { ...attributes, maxAge: FLOW_MS / 1000 });
  return { state, nonce, challenge: await calculatePKCECodeChallenge(verifier) };
}

/**
 * The flow that this browser began with this state, which it can’t come back to a second time; null where there is none, or
 * it took too long.
 */
export async function takeFlow(c: Context, deps: FlowDeps, state: string | undefined): Promise<Flow | null> {
  const { db, clock, secretBox, settings } = deps;
  if (state === undefined || !/^[\w-]{16,100}$/.test(state)) return null;
  const name = cookieName(settings, state);
  const key = getCookie(c, name);
  if (key === undefined) return null;
  deleteCookie(c, name, attributes);
  const row = await db
    .deleteFrom('sign_in_flow')
    .where('cookie_hash', '=', await sha256Hex(key))
    .returningAll()
    .executeTakeFirst();
  if (!row || row.state !== state || row.expires_at <= new Date(clock.now()).toISOString()) return null;
  const { verifier_sealed, ...flow } = row;
  return { ...flow, verifier: await secretBox.open(verifier_sealed, sealedFor(row.id)) };
}
