import { labKey, startCompany } from './company.ts';
import { removeLab, replicaAddress } from './network.ts';

const prefix = 'lab';
const port = Number(process.env['CULVERT_PORT'] ?? 8080);

if (process.getuid?.() !== 0) {
  console.error('The lab makes network namespaces and real tunnels: run it as root.');
  process.exit(1);
}

const interrupted = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.resolve());

console.log('Building the lab: a gateway, a private host, the server, two workspaces with three replicas…');
await removeLab(prefix);
const company = await startCompany({ prefix, port });
console.log(`
The lab is up until Ctrl-C.

  Dashboard        ${company.server.url}
  Sign in          ${company.admin.email} / ${company.admin.password}

  To follow the VPN guide, create a VPN with these values:
  Pre-Shared Key   ${labKey}
  IKE settings     IKEv1, 1 hour, aes256-sha256-modp2048
  ESP settings     8 hours, aes256-sha256-modp2048
  Peer IP          1.2.3.4
  Peer Subnet(s)   10.250.0.0/24
  then connect the workspaces billing-api and reports, and verify 10.250.0.5 (TCP port 5432 answers too).

  A shell in a replica     ip netns exec ${prefix}-r1 sh        (r1, r2: billing-api; r3: reports; ${replicaAddress(1)} and on)
  The gateway's log        ${company.lab.folder}/gw/charon.log
  The gateway's settings   ${company.lab.folder}/gw/ipsec.conf and ipsec.secrets
`);
await interrupted.promise;
console.log('Taking the lab down.');
await company.close();
