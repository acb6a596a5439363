import type { PortChange } from '../../contract/ports.ts';
import type { TrustRuleChange } from '../../contract/pipelines/pipelines.ts';
import type { PortPolicy } from '../../contract/visibility.ts';
import type { VpnChange } from '../../contract/vpns.ts';
import { diagnosisReport, outcomeOf } from '../agents/diagnosisReport.ts';
import { type ChangeOutcome, up } from '../agents/outcome.ts';
import type { Declaration } from '../agents/scriptedPorts.ts';
import type { Beginning } from '../scenarios/scenario.ts';
import { password, people, type PersonName } from '../world/people.ts';
import { TeamApi } from '../world/teamApi.ts';
import { signIn, type World } from '../world/world.ts';

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
  /** The machine restarts, and what listened in it listens again. */
  restart(hostname: string): Promise<void>;
  /** A process begins to listen in a replica, or ends. */
  listen(hostname: string, port: number, process: string | null): void;
  unlisten(hostname: string, port: number): void;
  /** A replica's devcontainer.json is this from now on. */
  declarePorts(hostname: string, declaration: Partial<Declaration>): void;
  /** The VPN's tunnel on a replica, or on all with '*', comes up, starts connecting, or gets this diagnosis. */
  tunnelBecomes(vpn: string, hostname: string, state: 'up' | 'connecting' | { diagnosis: string }): void;

  /** How changes of a VPN end that a replica, or all with '*', try out from now on; what is being tried out ends now. */
  changesEnd(vpn: string, hostname: string, end: 'kept' | { diagnosis: string }): void;

  /** Somebody else does it, somewhere else. */
  someoneControlsRollout(vpn: string, act: 'pause' | 'resume' | 'rollback'): Promise<void>;
  /** At once for all replicas, unless it says otherwise. */
  someoneChangesVpn(vpn: string, change: VpnChange): Promise<void>;
  someoneDeletesVpn(vpn: string): Promise<void>;
  /** Resolves when a replica begins the next test of settings that it is asked for from now on. */
  testBegins(replica: string): Promise<void>;
  /** Begins to test a VPN with the replica of this hostname; while its tunnels are connecting, that doesn't end. */
  someoneTestsVpn(vpn: string, replica: string): Promise<void>;
  someoneForwardsPort(person: PersonName, workspace: string, port: number): Promise<void>;
  someoneChangesPort(person: PersonName, workspace: string, port: number, change: PortChange): Promise<void>;
  someoneStopsPort(person: PersonName, workspace: string, port: number): Promise<void>;
  someoneChangesPolicy(policy: PortPolicy): Promise<void>;
  /** The rule that trusts the repository of this name. */
  someoneChangesRule(repository: string, change: TrustRuleChange): Promise<void>;
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
  /** The event streams that go on. */
  streams: { cut(): void };
  setFaults: (text: string) => void;
};

export function createControl({ world, beginning, scenario, streams, setFaults }: Parts): MockControl {
  const { fleet } = world;
  const at = async (person: PersonName) => {
    const browser = world.newBrowser();
    await signIn(browser, people[person].email, password);
    return new TeamApi(browser, beginning.teamId ?? '');
  };
  /** The other admin of the team, at another desk. */
  const tomas = () => at('tomas');

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
      const { token } = await (await tomas()).joinToken(workspace);
      await fleet.join(token, hostname);
    },
    restart: (hostname) => fleet.restart(hostname),
    listen: (hostname, port, process) => {
      fleet.listen(hostname, { [port]: process });
    },
    unlisten: (hostname, port) => {
      fleet.unlisten(hostname, port);
    },
    declarePorts: (hostname, declaration) => {
      fleet.declare(hostname, declaration);
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
    changesEnd: (vpn, hostname, end) => {
      const outcome: ChangeOutcome =
        end === 'kept' ? end : { wentBack: 'failed', diagnosis: diagnosisReport(end.diagnosis) };
      if (hostname === '*') fleet.scriptChange(vpn, hostname, outcome);
      else fleet.endChange(vpn, hostname, outcome);
    },
    someoneControlsRollout: async (vpn, act) => {
      await (await tomas()).controlRollout(vpn, act);
    },
    someoneChangesVpn: async (vpn, change) => {
      await (await tomas()).changeVpn(vpn, { rollout: { strategy: 'immediately' }, ...change });
    },
    someoneDeletesVpn: async (vpn) => {
      await (await tomas()).deleteVpn(vpn);
    },
    testBegins: (replica) => fleet.nextTrial(replica),
    someoneTestsVpn: async (vpn, replica) => {
      const begun = fleet.nextTrial(replica);
      // How it ends is his to see.
      void (await tomas()).testVpn(vpn, replica).catch(() => undefined);
      await begun;
    },
    someoneForwardsPort: async (person, workspace, port) => {
      await (await at(person)).forwardPort(workspace, port);
    },
    someoneChangesPort: async (person, workspace, port, change) => {
      await (await at(person)).changePort(workspace, port, change);
    },
    someoneStopsPort: async (person, workspace, port) => {
      await (await at(person)).stopPort(workspace, port);
    },
    someoneChangesPolicy: async (policy) => {
      await (await tomas()).changePolicy(policy);
    },
    someoneChangesRule: async (repository, change) => {
      await (await at('ada')).changeRule(repository, change);
    },
    someoneRemoves: async (person) => {
      const api = await tomas();
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
