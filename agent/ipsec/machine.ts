import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MachineFacts } from './capability.ts';
import { runCommand } from './command.ts';
import { findIkePortHolder } from './ikePorts.ts';

/** Where distributions put charon. */
const charonPaths = [
  '/usr/lib/ipsec/charon',
  '/usr/libexec/ipsec/charon',
  '/usr/lib/strongswan/charon',
  '/usr/libexec/strongswan/charon',
];

/** Looks at this machine. Takes some 30 ms; changes nothing that stays. */
export async function probeMachine(): Promise<MachineFacts> {
  const charon = charonPaths.find((path) => existsSync(path)) ?? null;
  const netAdmin = hasNetAdmin();
  const [strongswanVersion, kernelEsp, missingPrograms] = await Promise.all([
    charon === null ? null : versionOf(charon),
    netAdmin && canKernelEsp(),
    findMissing(['ip', 'nft']),
  ]);
  return {
    netAdmin,
    root: process.getuid?.() === 0,
    container: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
    apt: existsSync('/usr/bin/apt-get'),
    charon,
    strongswanVersion,
    plugins: { vici: hasPlugin(charon, 'vici'), libipsec: hasPlugin(charon, 'kernel-libipsec') },
    kernelEsp,
    tun: probeTun(),
    missingPrograms,
    ikePorts: findIkePortHolder(),
  };
}

/** CAP_NET_ADMIN is bit 12 (capability.h). */
function hasNetAdmin(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return effective !== undefined && ((BigInt(`0x${effective}`) >> 12n) & 1n) === 1n;
}

async function versionOf(charon: string): Promise<string | null> {
  const { stdout } = await runCommand([charon, '--version']);
  return /strongSwan (\S+)/.exec(stdout)?.[1] ?? null;
}

function hasPlugin(charon: string | null, name: string): boolean {
  if (charon === null) return false;
  const folders = [dirname(charon), '/usr/lib/ipsec', '/usr/lib64/strongswan', '/usr/lib/strongswan'];
  return folders.some((folder) => existsSync(join(folder, 'plugins', `libstrongswan-${name}.so`)));
}

/** Really installs an ESP state between two documentation addresses, and takes it away again. */
async function canKernelEsp(): Promise<boolean> {
  const id = ['src', '192.0.2.1', 'dst', '192.0.2.2', 'proto', 'esp', 'spi', '0x00c0ffee'] as const;
  const key = (bytes: number) => `0x${'11'.repeat(bytes)}`;
  const ciphers = ['auth', 'hmac(sha256)', key(32), 'enc', 'cbc(aes)', key(32)];
  const { code } = await runCommand(['ip', 'xfrm', 'state', 'add', ...id, 'mode', 'tunnel', ...ciphers]);
  if (code === 0) await runCommand(['ip', 'xfrm', 'state', 'delete', ...id]);
  return code === 0;
}

function probeTun(): MachineFacts['tun'] {
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return 'usable';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' ? 'missing' : code === 'EPERM' || code === 'EACCES' ? 'denied' : 'no-driver';
  }
}

async function findMissing(programs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    programs.map((program) => runCommand(['sh', '-c', `command -v ${program}`])),
  );
  return programs.filter((_, index) => found[index]?.code !== 0);
}
