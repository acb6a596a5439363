import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

let folder: string;
let server: ChildProcess | null = null;

afterEach(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

test('secrets given as flags can’t be read off the list of processes', async () => {
  folder = await mkdtemp(join(tmpdir(), 'culvert-main-'));
  const token = 'k'.repeat(40);
  const admin = ['--admin-email', 'ada@example.com', '--admin-password', 'seven violins under the harbour'];
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  server = spawn(
    process.execPath,
    [main, '--port', '0', '--data', folder, ...admin, '--admin-token', token],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  if (!server.stdout) throw new Error('The server has no output.');
  expect(String((await once(server.stdout, 'data'))[0])).toContain('Culvert is running at');
  const shown = await readFile(`/proc/${server.pid}/cmdline`, 'utf8');
  expect(shown).not.toContain(token);
  expect(shown).not.toContain('violins');
});
