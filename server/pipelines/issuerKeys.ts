import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock, Outbound } from '../deps.ts';
import { IssuerError, keysAddress, readJsonAt } from './discovery.ts';

/** Keys are asked for again after this long, */
const FRESH_MS = 10 * 60_000;
/** and for a key that isn't known, but no more often than this: tokens with made-up key ids must not become a flood. */
const COOLDOWN_MS = 30_000;
/** An issuer that doesn't answer is left alone for so long. */
const AFTER_FAILURE_MS = 5_000;
/** An issuer that stays away keeps its keys; not for ever, since it can't take back one that was lost. */
const KEEP_MS = 24 * 60 * 60_000;

const KeySet: z.ZodType<JSONWebKeySet> = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

type Known = { find: JWTVerifyGetKey; at: number };
type Issuer = {
  known: Known | null;
  /** The last answer that wasn't one, and when. */
  failure: { error: unknown; at: number } | null;
  asking: Promise<Known> | null;
};

/** The keys of issuers, as long as this process runs. Whoever asks has made sure that a team trusts the issuer. */
export type IssuerKeys = (issuer: string) => JWTVerifyGetKey;

/** The returned functions reject with IssuerError where the issuer can't be asked and nothing is known of it. */
export function createIssuerKeys({
  outbound,
  clock,
}: {
  outbound: Outbound;
  clock: Pick<Clock, 'now'>;
}): IssuerKeys {
  const issuers = new Map<string, Issuer>();

  async function ask(url: string): Promise<Known> {
    const keys = KeySet.safeParse(await readJsonAt(outbound, await keysAddress(outbound, url)));
    if (!keys.success) throw new IssuerError(`${url} doesn’t answer with keys.`);
    return { find: createLocalJWKSet(keys.data), at: clock.now() };
  }

  /** One question at a time, for all who wait. */
  async function refresh(url: string, issuer: Issuer): Promise<Known> {
    const { failure, known } = issuer;
    try {
      if (failure && clock.now() - failure.at < AFTER_FAILURE_MS) throw failure.error;
      issuer.asking ??= ask(url).finally(() => {
        issuer.asking = null;
      });
      issuer.known = await issuer.asking;
      issuer.failure = null;
      return issuer.known;
    } catch (error) {
      if (error !== failure?.error) issuer.failure = { error, at: clock.now() };
      if (known && clock.now() - known.at < KEEP_MS) return known;
      throw error;
    }
  }

  return (url) => async (header, token) => {
    const issuer = issuers.get(url) ?? { known: null, failure: null, asking: null };
    issuers.set(url, issuer);
    const isFresh = issuer.known !== null && clock.now() - issuer.known.at < FRESH_MS;
    const known = isFresh && issuer.known ? issuer.known : await refresh(url, issuer);
    try {
      return await known.find(header, token);
    } catch (error) {
      const isNew = error instanceof errors.JWKSNoMatchingKey && clock.now() - known.at >= COOLDOWN_MS;
      if (!isNew) throw error;
      return await (await refresh(url, issuer)).find(header, token);
    }
  };
}
