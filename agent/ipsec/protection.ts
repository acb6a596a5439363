import { applyFirewall, removeFirewall } from './firewall.ts';
import { keepLocalNetworks, releaseLocalNetworks } from './localNetworks.ts';

/** Peer IPs and peer subnets of all VPNs that are wanted. */
export type Peers = { addresses: readonly string[]; subnets: readonly string[] };

type ProtectionOptions = {
  peers: () => Peers;
  applyFirewall?: typeof applyFirewall;
  keepLocalNetworks?: typeof keepLocalNetworks;
};

/**
 * Firewall and routes to local networks, as the wanted VPNs need them. Putting them in force takes several commands: there
 * is one run at a time, each for the peers of its own start, so that what was wanted last is what stays.
 */
export class Protection {
  readonly #options: Required<ProtectionOptions>;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ProtectionOptions) {
    this.#options = { applyFirewall, keepLocalNetworks, ...options };
  }

  /**
   * Resolves once they are in force for what is wanted by then. Rejects when the firewall can't be set up.
   *
   * @param tunInterface that traffic takes; null with the kernel's ESP
   */
  apply(tunInterface: string | null): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#apply(tunInterface));
    return this.#running;
  }

  /** Takes them away, after whatever is still being put in force. */
  remove(): Promise<void> {
    this.#running = this.#running
      .catch(() => undefined)
      .then(async () => {
        await Promise.all([removeFirewall(), releaseLocalNetworks()]);
      });
    return this.#running;
  }

  async #apply(tunInterface: string | null): Promise<void> {
    const peers = this.#options.peers();
    await this.#options.applyFirewall(
      tunInterface === null
        ? { backend: 'kernel', peers: peers.addresses }
        : { backend: 'libipsec', interfaceName: tunInterface },
    );
    await this.#options.keepLocalNetworks(peers.subnets);
    // Before the first tunnel nobody asks again.
    if (JSON.stringify(this.#options.peers()) !== JSON.stringify(peers)) await this.#apply(tunInterface);
  }
}
