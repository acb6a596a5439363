import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Applied } from './applied.ts';
import { childrenOf, namesOf, type Generation } from './generations.ts';
import { liveSasOf } from './liveSas.ts';
import type { IkeSa } from './vici/sas.ts';

/** What an earlier agent left of a VPN. */
export type Left = {
  /** What goes on as the tunnel; null: nothing is up. */
  tunnel: Generation<DesiredVpn | null> | null;
  /** Names of what has to go. */
  stray: string[];
};

/**
 * Of what is up, the wanted settings come first. Others run on until the wanted ones are up beside them; what is tried
 * out stays as well, for the trial to go on.
 *
 * @param tried settings that are being tried out; null: none are
 * @param names what charon has loaded
 */
export function findLeft(
  wanted: DesiredVpn,
  tried: DesiredVpn | null,
  names: readonly string[],
  sas: readonly IkeSa[],
  applied: Applied,
): Left {
  const own = namesOf(wanted.id).filter((name) => names.includes(name));
  const carrying = own
    .map(
      (name) =>
        applied.find(name, wanted) ?? { name, vpn: null, children: childrenOf(wanted), virtualIps: [] },
    )
    .filter((generation) => liveSasOf(wanted, sas, [generation]).children.length > 0);
  const isTried = ({ name }: { name: string }) => tried !== null && applied.find(name, tried) !== null;
  const tunnel =
    carrying.find(({ vpn }) => vpn !== null) ?? carrying.find((generation) => !isTried(generation)) ?? null;
  const stays = (name: string) => name === tunnel?.name || (tunnel !== null && isTried({ name }));
  return { tunnel, stray: own.filter((name) => !stays(name)) };
}
