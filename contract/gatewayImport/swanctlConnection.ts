import { shown } from '../shownText.ts';
import type { IkeVersion } from '../vpns.ts';
import { listOf } from './confText.ts';
import { completeDraft, vpnNameOf } from './draft.ts';
import { swanctlSeconds } from './durations.ts';
import { fixed, mapped, refused, understood, unknown, type Report } from './findings.ts';
import type { ImportedConnection, ImportedSettings } from './imported.ts';
import type { ConfEntry } from './ipsecFile.ts';
import { bothVersions } from './ipsecVersion.ts';
import { isAnyAddress, readIdentity } from './readIdentity.ts';
import { readKey } from './readKey.ts';
import { noPool, readPool, type Pool } from './readPool.ts';
import { readSuites } from './readSuites.ts';
import { readDpdDelay, readYesNo } from './readTimes.ts';
import type { FileSecret } from './secretsLine.ts';
import { readChildren } from './swanctlChildren.ts';
import type { SwanctlSection } from './swanctlFile.ts';
import { connectionKeywords, endKeywords } from './swanctlKeywords.ts';
import { readIkeLifetime } from './swanctlLifetimes.ts';
import { takeFrom, type TakenSettings } from './takenSettings.ts';

export type SwanctlContext = {
  /** Where virtual IPs come from, by the pool’s name. */
  pools: ReadonlyMap<string, ConfEntry>;
  secrets: readonly FileSecret[];
  allowPrivatePeers: boolean;
  report: Report;
};

function readVersion(settings: TakenSettings, line: number, report: Report): IkeVersion {
  const entry = settings.take('version');
  if (entry?.value === '1' || entry?.value === '2') {
    report.say(entry.line, understood('ike.version'));
    return entry.value === '1' ? 1 : 2;
  }
  if (!entry || entry.value === '0')
    report.say(
      entry?.line ?? line,
      entry
        ? mapped('ike.version', bothVersions)
        : {
            verdict: null,
            note: `No IKE version is set. ${bothVersions}`,
          },
    );
  else report.say(entry.line, refused(`${shown(entry.value)} is no version of IKE.`, 'ike.version'));
  return 2;
}

/** The pool that the gateway takes addresses from. */
function readPools(settings: TakenSettings, { pools, report }: SwanctlContext): Pool {
  const entry = settings.take('pools');
  if (!entry) return noPool;
  const names = listOf(entry.value);
  const found = names.map((name) => pools.get(name)).find((addrs) => addrs !== undefined);
  if (!found) {
    report.say(entry.line, refused(`There is no pool ${shown(names.join(', '))} in this text.`));
    return noPool;
  }
  report.say(entry.line, understood());
  return readPool(found.value, found.line, report);
}

/** The first `local` or `remote` section; that there may be more is for a second round of authentication. */
function readEnd(
  connection: SwanctlSection,
  end: 'local' | 'remote',
  report: Report,
): { id: ConfEntry | undefined; shared: boolean } {
  let id: ConfEntry | undefined;
  let shared = false;
  for (const [name, section] of connection.sections) {
    if (!name.startsWith(end)) continue;
    const settings = takeFrom(section.entries);
    const own = settings.take('id');
    if (id && own) report.say(own.line, refused('A second identity: replicas know of one.'));
    id ??= own;
    for (const { key, value, line } of settings.rest()) {
      if (key === 'auth' && value === 'psk') shared = true;
      report.say(
        line,
        endKeywords.get(key)?.(value) ?? unknown('Not a setting of one side that is known here.'),
      );
    }
  }
  return { id, shared };
}

function sayWhoMayConnect(address: ConfEntry | undefined, id: ConfEntry | undefined, report: Report): void {
  if (address) {
    const note = `Only ${shown(address.value)} may connect. Replicas come from many addresses: set it to %any.`;
    report.say(address.line, address.value === '' || isAnyAddress(address.value) ? fixed() : refused(note));
  }
  if (id) {
    const note = `Only ${shown(id.value)} may connect. Each replica has an identity of its own: set it to %any.`;
    report.say(id.line, /^(?:%any6?|\*|)$/.test(id.value) ? fixed() : refused(note));
  }
}

const words = {
  ike: 'proposals',
  esp: 'esp_proposals',
  subnets: 'local_ts',
  pool: 'pools',
  ikeLifetime: 'rekey_time',
  espLifetime: 'life_time',
};

const lined = (entry: ConfEntry | undefined) => entry && { text: entry.value, line: entry.line };

/** One connection of a swanctl.conf, with what it takes over already in it, as a VPN. */
export function readSwanctlConnection(
  connection: SwanctlSection,
  context: SwanctlContext,
): ImportedConnection {
  const { report, allowPrivatePeers } = context;
  const settings = takeFrom(connection.entries);
  const version = readVersion(settings, connection.line, report);
  const vips = settings.take('vips');
  const gateway = vips ? 'remote' : 'local';
  if (vips) {
    const note = 'This is the file of a machine that connects: what it calls remote is the gateway.';
    report.say(vips.line, fixed(note));
  }
  const client = gateway === 'local' ? 'remote' : 'local';
  const ends = { local: readEnd(connection, 'local', report), remote: readEnd(connection, 'remote', report) };
  if (!ends.local.shared || !ends.remote.shared) {
    const side = ends.local.shared ? 'remote' : 'local';
    report.say(connection.line, refused(`${side} has no auth = psk, so certificates are expected there.`));
  }
  const identity = readIdentity(lined(settings.take(`${gateway}_addrs`)), lined(ends[gateway].id), {
    allowPrivatePeers,
    report,
  });
  sayWhoMayConnect(settings.take(`${client}_addrs`), ends[client].id, report);
  const pool = readPools(settings, context);

  const ike = settings.take('proposals');
  const suites = listOf(ike?.value ?? '').map((written) => ({ written }));
  const proposals = ike && readSuites(suites, { phase: 'ike', version, line: ike.line, report });
  const lifetimeSeconds = readIkeLifetime(settings, report);
  const dpd = settings.take('dpd_delay');
  const dpdDelaySeconds = dpd && readDpdDelay(swanctlSeconds(dpd.value), dpd.line, report);
  const encap = settings.take('encap');
  const udpEncapsulation = encap && readYesNo(encap.value);
  if (encap) {
    const field = 'udpEncapsulation';
    report.say(
      encap.line,
      udpEncapsulation === undefined ? refused('Neither yes nor no.', field) : understood(field),
    );
  }
  for (const { key, value, line } of settings.rest()) {
    report.say(
      line,
      connectionKeywords.get(key)?.(value) ?? unknown('Not a setting of a connection that is known here.'),
    );
  }
  const children = readChildren(connection.sections.get('children')?.sections.values() ?? [], {
    version,
    gateway,
    pool: pool.cidr,
    peerIp: identity.peerIp,
    report,
  });

  const name = vpnNameOf(connection.name);
  const imported: ImportedSettings = {
    ...(name === undefined ? {} : { name }),
    ike: {
      version,
      ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
      ...(proposals === undefined ? {} : { proposals }),
    },
    esp: {
      ...(children.lifetimeSeconds === undefined ? {} : { lifetimeSeconds: children.lifetimeSeconds }),
      ...(children.proposals === undefined ? {} : { proposals: children.proposals }),
    },
    ...identity,
    ...(children.subnets === undefined ? {} : { peerSubnets: children.subnets }),
    ...(udpEncapsulation === undefined ? {} : { udpEncapsulation }),
    ...(dpdDelaySeconds === undefined ? {} : { dpdDelaySeconds }),
  };
  const names = [ends[gateway].id?.value, identity.peerIp, identity.peerId ?? undefined];
  const preSharedKey = readKey(
    context.secrets,
    names.flatMap((known) => (known === undefined || known === '' ? [] : [known.replace(/^@/, '')])),
    report,
  );
  return completeDraft(connection.name, { settings: imported, pool, preSharedKey }, words);
}
