import type { ConfLine, ConfSegment } from './document.ts';
import {
  identitySegment,
  lifetimeName,
  subnetsSegment,
  suitesName,
  type KnownPhase,
  type KnownSettings,
} from './knownSettings.ts';
import { swanKey } from './keyText.ts';
import type { Rendered } from './rendered.ts';
import { blank, line, matching, matchOr, valueOr } from './segments.ts';

const suites = ({ phase, suites: all }: KnownPhase): ConfSegment =>
  matchOr(all.map(({ keywords }) => keywords).join(', '), suitesName(phase));

const seconds = (value: number | undefined, name: string): ConfSegment =>
  valueOr(value === undefined ? undefined : `${value}s`, name);

/** Where virtual IPs come from: a pool of its own for each IP version. */
function pools({ name, pools: { v4, v6, needed } }: KnownSettings): { names: string; lines: ConfLine[] } {
  const all = needed.map((version) => ({
    name: version === 4 ? name : `${name}-v6`,
    addrs: valueOr((version === 4 ? v4 : v6)?.text, 'address pool'),
  }));
  return {
    names: all.map((pool) => pool.name).join(', '),
    lines: all.flatMap((pool) => [line(`  ${pool.name} {`), line('    addrs = ', pool.addrs), line('  }')]),
  };
}

/**
 * One file for swanctl's conf.d. Keys are renewed by the replicas: the gateway only ends what has grown too old
 * (`rekey_time = 0s` in the child; the IKE_SA's comes after the replicas' own), since they may be behind NAT.
 */
export function renderStrongswanSwanctl(known: KnownSettings): Rendered {
  const pool = pools(known);
  const setting = (indent: number, key: string, value: ConfSegment | string): ConfLine =>
    line(`${'  '.repeat(indent)}${key} = `, value);
  const conf: ConfLine[] = [
    line('connections {'),
    line(`  ${known.name} {`),
    setting(2, 'version', matching(String(known.version))),
    setting(2, 'local_addrs', '%any'),
    setting(2, 'remote_addrs', '%any'),
    setting(2, 'proposals', suites(known.ike)),
    setting(2, 'pools', pool.names),
    setting(2, 'encap', known.encapsulate ? 'yes' : 'no'),
    setting(2, 'unique', 'never'),
    setting(2, 'rekey_time', seconds(known.ike.lifetime, lifetimeName('ike'))),
    setting(2, 'over_time', '0s'),
    setting(2, 'rand_time', '0s'),
    setting(2, 'dpd_delay', seconds(known.dpdDelay, 'DPD delay')),
    line('    local {'),
    setting(3, 'auth', 'psk'),
    setting(3, 'id', identitySegment(known)),
    line('    }'),
    line('    remote {'),
    setting(3, 'auth', 'psk'),
    setting(3, 'id', '%any'),
    line('    }'),
    line('    children {'),
    line('      lan {'),
    setting(4, 'local_ts', subnetsSegment(known, ', ')),
    setting(4, 'esp_proposals', suites(known.esp)),
    setting(4, 'life_time', seconds(known.esp.lifetime, lifetimeName('esp'))),
    setting(4, 'rekey_time', '0s'),
    setting(4, 'rand_time', '0s'),
    setting(4, 'dpd_action', 'clear'),
    line('      }'),
    line('    }'),
    line('  }'),
    line('}'),
    blank,
    line('pools {'),
    ...pool.lines,
    line('}'),
    blank,
    line('secrets {'),
    line(`  ike-${known.name} {`),
    setting(2, 'id-gateway', identitySegment(known)),
    setting(2, 'id-replicas', '%any'),
    line('    secret = ', ...swanKey(known.preSharedKey)),
    line('  }'),
    line('}'),
  ];
  return {
    notes: ['Load it with “swanctl --load-all”.'],
    parts: [
      {
        kind: 'file',
        title: 'The connection and its key',
        name: `/etc/swanctl/conf.d/${known.name}.conf`,
        lines: conf,
      },
    ],
  };
}
