import type { DesiredVpn } from '../../contract/agentProtocol.ts';
import type { Applied } from './applied.ts';
import { moveRoutes } from './change/routes.ts';
import { firstGeneration, isFirst, type Generation } from './generations.ts';
import { liveSasOf, type LiveSas } from './liveSas.ts';
import { loadVpn, unload } from './loading.ts';
import type { Session } from './session.ts';
import { findLeft } from './takeOver.ts';
import type { IkeSa } from './vici/sas.ts';

/** What charon has of one VPN under the name that counts, and what it lists of it. */
export class Loaded {
  readonly #applied: Applied;
  readonly #moveRoutes: typeof moveRoutes;
  /** null: nothing that counts. */
  generation: Generation<DesiredVpn | null> | null = null;
  /** As charon listed them last. */
  sas: readonly IkeSa[] = [];

  constructor(applied: Applied, move = moveRoutes) {
    this.#applied = applied;
    this.#moveRoutes = move;
  }

  /** Whether charon has something else than this, or nothing. */
  differsFrom(vpn: DesiredVpn): boolean {
    const loaded = this.generation?.vpn ?? null;
    return loaded === null || !this.#applied.same(loaded, vpn);
  }

  /** Whether a change has left its marks on it, such as children or routes of its own. */
  get isChanged(): boolean {
    return this.generation !== null && !isFirst(this.generation);
  }

  /** SAs of what is loaded, or while there are none, of what has come up beside it. */
  live(vpn: DesiredVpn, beside: Generation | null): LiveSas {
    const live = liveSasOf(vpn, this.sas, [this.generation ?? firstGeneration(vpn)]);
    if (live.children.length > 0 || beside === null) return live;
    const other = liveSasOf(vpn, this.sas, [beside]);
    return other.children.length > 0 ? other : live;
  }

  /** Goes on with what an earlier agent left, and takes away what is of no use. Resolves with whether anything is up. */
  async takeOver(session: Session, vpn: DesiredVpn, tried: DesiredVpn | null): Promise<boolean> {
    this.sas = await session.refresh();
    const names = await session.client.connections();
    const { tunnel, stray } = findLeft(vpn, tried, names, this.sas, this.#applied);
    if (tunnel === null) return false;
    const { virtualIps } = liveSasOf(vpn, this.sas, [tunnel]);
    for (const name of stray) {
      // That agent may have ended before it came to this: without it charon takes the routes away with what goes.
      await this.#moveRoutes(liveSasOf(vpn, this.sas, [{ name, children: [] }]).virtualIps, virtualIps);
      await unload(session, name);
    }
    this.generation = tunnel;
    return true;
  }

  /** Loads a VPN in place of all that charon has of it. Returns charon's words when it refuses, or null. */
  async restart(session: Session, vpn: DesiredVpn): Promise<string | null> {
    const generation = firstGeneration(vpn);
    const refusal = await loadVpn(session, vpn);
    this.generation = generation;
    if (refusal === null) this.#applied.restart(generation);
    return refusal;
  }
}
