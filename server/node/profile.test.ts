import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** What the install script puts into /etc/profile.d. */
const installer = new URL('../agents/install/files.sh', import.meta.url).pathname;
const run = (shell: string, script: string) => {
  const [program = '', ...more] = shell.split(' ');
  return spawnSync(program, [...more, '-c', script], { encoding: 'utf8' });
};
const text = run('sh', `. '${installer}'; profile_text`).stdout;
const shells = ['sh', 'dash', 'bash', 'bash --posix', 'busybox sh', 'ksh', 'zsh --emulate sh'].filter(
  (shell) => run(shell, ':').status === 0,
);

let folder: string;
let secrets: string;
/** Where nothing is that was delivered. */
let others: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
  others = mkdtempSync(join(tmpdir(), 'profile-others-'));
  secrets = join(folder, 'environment.sh');
});
afterEach(() => {
  for (const made of [folder, others]) rmSync(made, { recursive: true });
});

/** Logs in: a shell that stops at anything wrong reads the file, and goes on. */
function logIn(shell: string): { stdout: string; stderr: string; status: number | null } {
  const profile = join(others, 'profile.sh');
  writeFileSync(profile, text.replaceAll('/run/culvert', folder));
  const script = `set -eu; . '${profile}'; echo "logged in with \${A-nothing}"`;
  const { stdout, stderr, status } = run(shell, script);
  return { stdout, stderr, status };
}
const loggedIn = (what: string) => ({ stdout: `logged in with ${what}\n`, stderr: '', status: 0 });

test('it reads the secrets from where the agent keeps them', () => {
  expect(text).toContain('command . /run/culvert/environment.sh');
});

describe.each(shells)('a login by %s', (shell) => {
  test('has the secrets', () => {
    writeFileSync(secrets, "command export A='x'\n");
    expect(logIn(shell)).toEqual(loggedIn('x'));
  });

  test('works where there are none', () => {
    expect(logIn(shell)).toEqual(loggedIn('nothing'));
  });

  test('runs nothing that belongs to somebody else', () => {
    if (process.geteuid?.() === 0) {
      writeFileSync(secrets, "command export A='x'\n");
      chownSync(secrets, 1234, 1234);
      chmodSync(secrets, 0o644);
    } else symlinkSync('/etc/passwd', secrets);
    expect(logIn(shell)).toEqual(loggedIn('nothing'));
  });

  test.runIf(process.geteuid?.() === 0)('runs none of its own files that somebody else links to', () => {
    const own = join(others, 'own.log');
    writeFileSync(own, "command export A='x'\n");
    symlinkSync(own, secrets);
    chownSync(folder, 1234, 1234);
    expect(logIn(shell)).toEqual(loggedIn('nothing'));
  });
});
