import { existsSync } from 'node:fs';
import { migrate } from '../db/migrate.ts';
import { makeRecoveryLink } from '../session/recoveryLink.ts';
import { backUp } from './backup.ts';
import { systemClock } from './clock.ts';
import { databaseFile } from './dataFolder.ts';
import { openSqlite } from './openSqlite.ts';
import { readSettings, SettingsError } from './settings.ts';

/** Does something with a data folder, also while a server runs on it; resolves with what to tell the person. */
export type Command = {
  argument: string;
  help: string;
  run(argument: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<string>;
};

export const commands: Readonly<Record<string, Command>> = {
  backup: {
    argument: '<file>',
    help: 'writes a copy of the database to <file>',
    async run(file, flags, env) {
      backUp(readSettings(flags, env).settings.data, file);
      return `Wrote ${file}. Keep the secret key apart from it: without the key, pre-shared keys can’t be read.`;
    },
  },
  'reset-link': {
    argument: '<email>',
    help: 'prints a link that resets the password of this account',
    async run(email, flags, env) {
      const { settings } = readSettings(flags, env);
      const file = databaseFile(settings.data);
      if (!existsSync(file)) throw new SettingsError(`There is no database in ${settings.data}.`);
      const publicUrl = settings.publicUrl ?? `http://localhost:${settings.port}`;
      const { db } = openSqlite(file);
      try {
        await migrate(db);
        const deps = { db, clock: systemClock, settings: { publicUrl } };
        const link = await makeRecoveryLink(deps, email.trim().toLowerCase());
        if (link === null) throw new SettingsError(`No account has the email ${email}.`);
        return `Whoever opens this link sets a new password for ${email} (works once, for 24 hours):\n  ${link}`;
      } finally {
        await db.destroy();
      }
    },
  },
};
