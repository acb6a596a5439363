import type { VpnChange } from '../../contract/vpns.ts';
import { outcomeOf } from '../agents/diagnosisReport.ts';
import { up } from '../agents/outcome.ts';
import type { Beginning } from '../scenarios/scenario.ts';
import { password, people, type PersonName } from '../world/people.ts';
import { TeamApi } from '../world/teamApi.ts';
import { signIn, type World } from '../world/world.ts';
import type { Streams } from './streams.ts';

/** What happens outside the page, for tests: `await page.evaluate(() => window.culvertMock?.replicaLeaves('reports-1'))`. */
export type MockControl = {
  scenario: string;
  /** The team's id, and paths that the scenario has links for. */
  teamId: string | null;
  links: Record<string, string>;

  /** Replaces the faults (mocks/faults/faults.ts says how they are written); the empty text ends them. */
  setFaults(text: string): void;
  /** Breaks the event stream, and keeps it broken until it is mended. */
  cutStream(): void;
  mendStream(): void;

  replicaLeaves(hostname: string): void;
  replicaReturns(hostname: string): Promise<void>;
  /** One more machine joins the workspace. */
  replicaJoins(workspace: string, hostname: string): Promise<void>;
  /** The VPN's tunnel on a replica, or on all with '*', comes up, starts connecting, or gets this diagnosis. */
  tunnelBecomes(vpn: string, hostname: string, state: 'up' | 'connecting' | { diagnosis: string }): void;

  /** Somebody else does it, somewhere else. */
  someoneChangesVpn(vpn: string, change: VpnChange): Promise<void>;
  someoneDeletesVpn(vpn: string): Promise<void>;
  someoneRemoves(person: PersonName): Promise<void>;
  someoneEndsSessionsOf(person: PersonName): Promise<void>;
};

declare global {
  // Interfaces merge; a type alias can't add to Window.
  interface Window {
    culvertMock?: MockControl;
  }
}

type Parts = {
  world: World;
  beginning: Beginning;
  scenario: string;
  streams: Streams;
  setFaults: (text: string) => void;
};

export function createControl({ world, beginning, scenario, streams, setFaults }: Parts): MockControl {
  const { fleet } = world;
  /** The other admin of the team, at another desk. */
  const tomas = async () => {
    const browser = world.newBrowser();
    await signIn(browser, people.tomas.email, password);
    return { browser, api: new TeamApi(browser, beginning.teamId ?? '') };
  };

  return {
    scenario,
    teamId: beginning.teamId,
    links: beginning.links,
    setFaults,
    cutStream: () => {
      setFaults('net=1&match=/events');
      streams.cut();
    },
    mendStream: () => {
      setFaults('');
    },
    replicaLeaves: (hostname) => {
      fleet.disconnect(hostname);
    },
    replicaReturns: (hostname) => fleet.reconnect(hostname),
    replicaJoins: async (workspace, hostname) => {
      const { token } = await (await tomas()).api.joinToken(workspace);
      await fleet.join(token, hostname);
    },
    tunnelBecomes: (vpn, hostname, state) => {
      const outcome =
        state === 'up'
          ? up
          : state === 'connecting'
            ? ({ kind: 'connecting', attempt: 1 } as const)
            : outcomeOf(state.diagnosis);
      fleet.put(vpn, hostname, outcome);
    },
    someoneChangesVpn: async (vpn, change) => {
      await (await tomas()).api.changeVpn(vpn, change);
    },
    someoneDeletesVpn: async (vpn) => {
      await (await tomas()).api.deleteVpn(vpn);
    },
    someoneRemoves: async (person) => {
      const { api } = await tomas();
      const { items } = await api.members();
      const member = items.find(({ email }) => email === people[person].email);
      if (member !== undefined) await api.removeMember(member.id);
    },
    someoneEndsSessionsOf: async (person) => {
      const browser = world.newBrowser();
      await signIn(browser, people[person].email, password);
      await browser.json('DELETE', '/api/v1/sessions');
    },
  };
}
