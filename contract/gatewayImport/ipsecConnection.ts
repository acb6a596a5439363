import type { ResolvedConn } from './alsoChain.ts';
import { completeDraft, vpnNameOf } from './draft.ts';
import { ipsecConfSeconds } from './durations.ts';
import { ignored, mapped, refused, understood, unknown, type Finding, type Report } from './findings.ts';
import type { ImportedConnection, ImportedSettings } from './imported.ts';
import type { IpsecDialect } from './ipsecDialect.ts';
import { readClientEnd, readGatewayEnd } from './ipsecEnds.ts';
import type { ConfEntry } from './ipsecFile.ts';
import { connKeywords, sideKeywords } from './ipsecKeywords.ts';
import { findSides } from './ipsecSides.ts';
import { readIpsecSuites } from './ipsecSuites.ts';
import { readIpsecVersion } from './ipsecVersion.ts';
import { readKey } from './readKey.ts';
import { readDpdDelay, readLifetime, readYesNo } from './readTimes.ts';
import type { FileSecret } from './secretsLine.ts';
import { takeFrom, type TakenSettings } from './takenSettings.ts';

export type IpsecContext = {
  dialect: IpsecDialect;
  secrets: readonly FileSecret[];
  allowPrivatePeers: boolean;
  report: Report;
};

/** `forceencaps`, and Libreswan’s newer `encapsulation`, which has “auto” for what strongSwan calls no. */
function readEncapsulation(settings: TakenSettings, report: Report): boolean | undefined {
  const field = 'udpEncapsulation';
  const entry = settings.take('encapsulation', 'forceencaps');
  if (!entry) return undefined;
  const { key, value, line } = entry;
  const always = readYesNo(value);
  const auto = key === 'encapsulation' && value === 'auto';
  if (always === undefined && !auto) {
    report.say(line, refused(`${key} is neither yes nor no.`, field));
    return undefined;
  }
  const never = key === 'encapsulation' && always === false;
  report.say(
    line,
    never
      ? mapped(field, 'Only behind NAT. The gateway refuses even that: set it to yes.')
      : understood(field),
  );
  return always === true;
}

function findingOf({ key, value }: ConfEntry): Finding {
  const plain = connKeywords.get(key);
  if (plain) return plain(value);
  const suffix = /^(?:left|right)(.+)$/.exec(key)?.[1];
  const sided = suffix === undefined ? undefined : sideKeywords.get(suffix);
  if (sided) return sided(value);
  if (key.startsWith('x-')) return ignored();
  return unknown('Not a keyword that is known here.');
}

const words = {
  ike: 'ike',
  esp: 'esp',
  subnets: 'the gateway’s subnet',
  pool: 'the connection',
  ikeLifetime: 'ikelifetime',
  espLifetime: 'lifetime',
};

/** One connection of an ipsec.conf as a VPN. Every setting of it gets a finding. */
export function readIpsecConnection(conn: ResolvedConn, context: IpsecContext): ImportedConnection {
  const { dialect, report, allowPrivatePeers } = context;
  const settings = takeFrom(conn.settings);
  const sides = findSides(conn.settings);
  if (sides.reason) report.say(sides.reason.line, { verdict: null, note: sides.reason.note });
  if (!['authby', 'leftauth', 'rightauth'].some((key) => settings.has(key))) {
    const note =
      'authby isn’t set, so the gateway expects certificates. Set authby=secret for a pre-shared key.';
    report.say(conn.line, refused(note));
  }
  const version = readIpsecVersion(settings, conn.line, report);
  const suites = readIpsecSuites(settings, { dialect, version, report });
  const lifetime = (phase: 'ike' | 'esp', ...keys: string[]) => {
    const entry = settings.take(...keys);
    return entry && readLifetime(ipsecConfSeconds(entry.value), phase, entry.line, report);
  };
  const ikeLifetime = lifetime('ike', 'ikelifetime');
  const espLifetime = lifetime(
    'esp',
    'lifetime',
    'keylife',
    'salifetime',
    'ipsec-lifetime',
    'ipsec_lifetime',
  );
  const gateway = readGatewayEnd(settings, { sides, allowPrivatePeers, report });
  const pool = readClientEnd(settings, { sides, allowPrivatePeers, report });
  const udpEncapsulation = readEncapsulation(settings, report);
  const dpd = settings.take('dpddelay');
  const dpdDelaySeconds = dpd && readDpdDelay(ipsecConfSeconds(dpd.value), dpd.line, report);
  for (const entry of settings.rest()) report.say(entry.line, findingOf(entry));

  const name = vpnNameOf(conn.name);
  const imported: ImportedSettings = {
    ...(name === undefined ? {} : { name }),
    ike: {
      version,
      ...(ikeLifetime === undefined ? {} : { lifetimeSeconds: ikeLifetime }),
      ...(suites.ike === undefined ? {} : { proposals: suites.ike }),
    },
    esp: {
      ...(espLifetime === undefined ? {} : { lifetimeSeconds: espLifetime }),
      ...(suites.esp === undefined ? {} : { proposals: suites.esp }),
    },
    ...gateway.identity,
    ...(gateway.subnets === undefined ? {} : { peerSubnets: gateway.subnets }),
    ...(udpEncapsulation === undefined ? {} : { udpEncapsulation }),
    ...(dpdDelaySeconds === undefined ? {} : { dpdDelaySeconds }),
  };
  const preSharedKey = readKey(context.secrets, gateway.names, report);
  return completeDraft(conn.name, { settings: imported, pool, preSharedKey }, words);
}
