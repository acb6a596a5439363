import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { App } from './appEnv.ts';

/** `/healthz`: the process answers. `/readyz`: it can also serve, so a balancer may send it requests. */
export function registerHealth(app: App, { db, log }: Deps): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    try {
      await sql`select 1`.execute(db);
      return c.json({ status: 'ready' });
    } catch (error) {
      log.error({ error: String(error) }, 'the database does not answer');
      return c.json({ status: 'the database does not answer' }, 503);
    }
  });
}
