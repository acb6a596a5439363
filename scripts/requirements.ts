import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { chromiumPath } from '../e2e/chromium.ts';
import { run } from './run.ts';

/** What the tests with real tunnels need, by Debian package: a file that shows it is there. */
const labPackages: Readonly<Record<string, string>> = {
  'strongswan-charon': '/usr/lib/ipsec/charon',
  'strongswan-starter': '/usr/lib/ipsec/starter',
  'strongswan-swanctl': '/usr/sbin/swanctl',
  'libcharon-extra-plugins': '/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so',
  'libstrongswan-standard-plugins': '/usr/lib/ipsec/plugins/libstrongswan-openssl.so',
  'libstrongswan-extra-plugins': '/usr/lib/ipsec/plugins/libstrongswan-chapoly.so',
  iproute2: '/sbin/ip',
  nftables: '/usr/sbin/nft',
  'iputils-ping': '/bin/ping',
  curl: '/usr/bin/curl',
  openssl: '/usr/bin/openssl',
  'util-linux': '/usr/bin/nsenter',
  // gitlab-ci-local runs jobs with it.
  rsync: '/usr/bin/rsync',
};

/** Whether something can be used, and if not: why, with what to do about it. */
export type Requirement = { ok: true } | { ok: false; reason: string };

const isRoot = process.getuid?.() === 0;
const hasApt = existsSync('/usr/bin/apt-get');
let listsAreFresh = false;

/** Runs a program that may take a while, and shows what it printed only when it fails. */
async function attempt(command: string, args: readonly string[]): Promise<boolean> {
  console.log(`Running ${command} ${args.join(' ')} …`);
  const { code, output } = await run(command, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if (code !== 0) console.log(output);
  return code === 0;
}

/** Installs Debian packages without asking. */
export async function install(packages: readonly string[]): Promise<void> {
  listsAreFresh ||= await attempt('apt-get', ['update', '-q']);
  await attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

const hasChromium = (): boolean => {
  try {
    return chromiumPath() !== '';
  } catch {
    return false;
  }
};

/** Finds a Chromium, or installs one: Debian's, else Playwright's own. */
export async function requireChromium(): Promise<Requirement> {
  if (hasChromium()) return { ok: true };
  const canInstall = isRoot && hasApt;
  for (const name of ['chromium-headless-shell', 'chromium'])
    if (canInstall && !hasChromium()) await install([name]);
  if (!hasChromium())
    await attempt('playwright', ['install', ...(canInstall ? ['--with-deps'] : []), 'chromium']);
  if (hasChromium()) return { ok: true };
  const reason =
    'There is no Chromium: run "npx playwright install --with-deps chromium", or set CHROMIUM_PATH.';
  return { ok: false, reason };
}

/** Debian starts strongSwan's daemon when it is installed; it would take the ports that the lab's own daemons need. */
async function stopSystemCharon(): Promise<void> {
  if (existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--now', 'strongswan-starter']);
  else await run('ipsec', ['stop']);
}

/** Whether this process may open the device for tunnels. */
async function canOpenTun(): Promise<boolean> {
  try {
    await (await open('/dev/net/tun', 'r+')).close();
    return true;
  } catch {
    return false;
  }
}

/** Whether this process may make network namespaces. */
async function canMakeNamespaces(): Promise<boolean> {
  const name = `culvert-probe-${process.pid}`;
  const made = (await run('ip', ['netns', 'add', name])).code === 0;
  if (made) await run('ip', ['netns', 'delete', name]);
  return made;
}

/** Finds what the tests with real tunnels need, and installs the packages that are missing: root, strongSwan, TUN, namespaces. */
export async function requireLab(): Promise<Requirement> {
  if (!isRoot) return { ok: false, reason: 'Network namespaces need root: run the tests as root.' };
  const missing = () => Object.keys(labPackages).filter((name) => !existsSync(labPackages[name] ?? ''));
  if (missing().length > 0 && hasApt) {
    const bringsDaemon = missing().includes('strongswan-starter');
    await install(missing());
    if (bringsDaemon) await stopSystemCharon();
  }
  if (missing().length > 0) {
    return { ok: false, reason: `Packages are missing: apt-get install ${missing().join(' ')}` };
  }
  if (!(await canOpenTun())) {
    const reason =
      'There is no /dev/net/tun: run "modprobe tun"; in a container, start it with --device /dev/net/tun.';
    return { ok: false, reason };
  }
  if (!(await canMakeNamespaces())) {
    const reason = 'Network namespaces can’t be made here: in a container, start it with --privileged.';
    return { ok: false, reason };
  }
  return { ok: true };
}
