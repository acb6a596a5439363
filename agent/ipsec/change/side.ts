import type { DesiredVpn } from '../../../contract/agentProtocol.ts';
import type { Applied } from '../applied.ts';
import { endChildren, endSas } from '../attempt.ts';
import { namesOf, childrenOf, type Child, type Generation } from '../generations.ts';
import { load, unload } from '../loading.ts';
import type { Session } from '../session.ts';
import { planChildren, type ChildrenPlan } from './plan.ts';
import { moveRoutes } from './routes.ts';

/** Other settings that come up beside what runs. */
export type Side = {
  /** What there is once it has taken over. */
  generation: Generation;
  /** What has to be set up for that. */
  fresh: readonly Child[];
  /** Whether the IKE_SA that is up gets them. */
  sharesIke: boolean;
  /** Tells charon the settings; what is up keeps its own. Returns charon's words when it refuses, or null. */
  load(): Promise<string | null>;
  /** Ends what was set up so far, so that it can be tried again. */
  end(): Promise<void>;
  /** What was set up takes over: what ran before ends. */
  takeOver(virtualIps: { before: readonly string[]; now: readonly string[] }): Promise<void>;
  /** What was set up ends, and what runs is what charon knows again. */
  drop(): Promise<void>;
};

type SideOptions = {
  session: Session;
  applied: Applied;
  current: Generation<DesiredVpn | null>;
  vpn: DesiredVpn;
  /** Of the tunnel that runs. */
  virtualIps: readonly string[];
};

/** New CHILD_SAs in the same IKE_SA where they are enough, else a new IKE_SA. */
export function sideFor(options: SideOptions): Side {
  const plan = planChildren(options.current, options.vpn);
  return plan === null ? besideConnection(options) : besideChildren(options, plan);
}

/**
 * A new IKE_SA under another name. It asks for the virtual IP of the one that runs: strongSwan gives an identity the same
 * address twice when it asks for it from the same host and port (mem_pool.c; seen on 5.9.8, IKEv1 and IKEv2), and then connections
 * through the tunnel outlive the change. Other gateways may give another.
 */
export function besideConnection({ session, applied, current, vpn, virtualIps }: SideOptions): Side {
  const [first, ...others] = namesOf(vpn.id);
  const known = [first, ...others].find((name) => name !== current.name && applied.find(name, vpn));
  const free = [first, ...others].find((name) => name !== current.name && !applied.has(name));
  const name = known ?? free ?? first;
  const generation = applied.find(name, vpn) ?? { name, vpn, children: childrenOf(vpn), virtualIps };
  return {
    generation,
    fresh: generation.children,
    sharesIke: false,
    load: async () => {
      // Whoever comes after a crash has to know it from what ran before.
      applied.set(generation);
      await applied.settled();
      return await load(session, generation);
    },
    end: () => endSas(session, name),
    takeOver: async ({ before, now }) => {
      await moveRoutes(before, now);
      await unload(session, current.name);
      applied.delete(current.name);
    },
    drop: async () => {
      await unload(session, name);
      applied.delete(name);
    },
  };
}

/** New CHILD_SAs in the IKE_SA that is up: `load-conn` of a connection that differs in nothing else leaves it alone. */
function besideChildren({ session, applied, current, vpn }: SideOptions, plan: ChildrenPlan): Side {
  const { name, virtualIps } = current;
  const generation = { name, vpn, children: plan.children, virtualIps };
  const end = () => endChildren(session, name, plan.fresh);
  return {
    generation,
    fresh: plan.fresh,
    sharesIke: true,
    load: () => load(session, generation),
    end,
    takeOver: async () => {
      applied.set(generation);
      await endChildren(session, name, plan.gone);
    },
    drop: async () => {
      await end();
      if (current.vpn !== null) await load(session, { ...current, vpn: current.vpn });
    },
  };
}
