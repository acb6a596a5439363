import type { Deps } from '../deps.ts';
import { hashPassword } from './account.ts';
import { issueLink } from './links.ts';
import { hasUsers, makeFirstAdmin } from './setup.ts';
import { issueToken, revokeTokens } from './tokens.ts';

const DAY_MS = 86_400_000;

type FirstAdmin = { email: string; password: string; token: string | null };

/**
 * Before the server has any account: makes the admin that its settings name, or returns a new setup link, which only
 * whoever reads the server’s output can have; links of earlier starts end. Returns null where nothing is left to set up.
 */
export async function prepareFirstStart(deps: Deps, admin: FirstAdmin | null): Promise<string | null> {
  const { db, clock } = deps;
  if (await hasUsers(db)) return null;
  if (!admin) {
    return await db.transaction().execute(async (trx) => {
      await revokeTokens(trx, clock, 'setup').execute();
      return (await issueLink(deps, trx, 'setup')).url;
    });
  }
  const { email, password, token } = admin;
  const passwordHash = await hashPassword(deps, password);
  const name = email.split('@')[0] ?? email;
  await db.transaction().execute(async (trx) => {
    const { userId, teamId } = await makeFirstAdmin(deps, trx, { email, name, passwordHash }, 'My team');
    if (token === null) return;
    const grant = { kind: 'api', userId, teamId, createdBy: userId, name: 'CULVERT_ADMIN_TOKEN' } as const;
    await issueToken(trx, clock, { ...grant, lifetimeMs: 366 * DAY_MS }, token);
  });
  return null;
}
