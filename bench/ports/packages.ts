import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { install, type Requirement } from '../../scripts/requirements.ts';
import { run } from '../../scripts/run.ts';

/** What Culvert is compared with and loaded by, by Debian package: a file that shows it is there. */
const packages: Readonly<Record<string, string>> = {
  'nginx-light': '/usr/sbin/nginx',
  'openssh-server': '/usr/sbin/sshd',
  'openssh-client': '/usr/bin/ssh',
  wrk: '/usr/bin/wrk',
};

/** Debian’s packages start no service where this program says so. */
const POLICY = '/usr/sbin/policy-rc.d';

const services: Readonly<Record<string, string>> = { 'nginx-light': 'nginx', 'openssh-server': 'ssh' };

/** Finds the packages that the bench of forwarded ports needs, or installs them, their services neither running nor enabled. As root. */
export async function requirePackages(): Promise<Requirement> {
  const missing = () => Object.keys(packages).filter((name) => !existsSync(packages[name] ?? ''));
  const lacking = missing();
  if (lacking.length > 0 && existsSync('/usr/bin/apt-get')) {
    await withoutServices(() => install(lacking));
    if (existsSync('/run/systemd/system'))
      for (const name of lacking)
        if (services[name] !== undefined) await run('systemctl', ['disable', '--now', services[name]]);
  }
  const left = missing();
  return left.length === 0
    ? { ok: true }
    : { ok: false, reason: `Packages are missing: apt-get install ${left.join(' ')}` };
}

async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return await work();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    rmSync(POLICY);
  }
}
