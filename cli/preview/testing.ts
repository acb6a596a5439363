import { onTestFinished, vi } from 'vitest';
import type { TunnelReport } from '../../contract/agentProtocol.ts';
import type { PreviewIsUp } from '../../contract/previews.ts';
import { capable, FakeAgent, tunnelReport } from '../../server/agents/fakeAgent.ts';
import { createVpn } from '../../server/fixtures.ts';
import { createTestTeam, type RunOptions } from '../testing.ts';

export const VPN = 'Company data center';
/** What previews are of in these tests. */
export const subject = ['--change', '#12', '--repository', 'octo/app'];

/** A team with a VPN, and a command line with an API token of its admin’s. */
export async function createPreviewTeam() {
  const team = await createTestTeam();
  const vpn = await createVpn(team.anna.client, team.team.path, { name: VPN });
  const { culvert, server } = team;

  /** Something that was deployed has joined the preview, and its tunnel is in this state. */
  async function deployed(report: Partial<TunnelReport>, { ipsec = capable, name = 'one' } = {}) {
    const asked = { vpn: VPN, change: '#12', repository: 'octo/app' };
    const answer = await team.anna.client.post(`${team.team.path}/previews`, asked);
    const { joinToken, preview }: PreviewIsUp = await answer.json();
    const agent = await new FakeAgent(server.deps.hub, name).join(joinToken, { ipsec });
    await tell(agent, report);
    return { agent, preview };
  }

  async function tell(agent: FakeAgent, report: Partial<TunnelReport>): Promise<void> {
    await agent.report([tunnelReport(vpn.id, report)]);
    server.clock.advance(100);
    await server.deps.hub.settled();
  }

  const run =
    (command: 'up' | 'wait' | 'down', ...first: string[]) =>
    (more: readonly string[] = [], options: RunOptions = {}) =>
      culvert(['preview', command, ...first, ...subject, ...more], options);

  return { ...team, vpn, deployed, tell, up: run('up', '--vpn', VPN), wait: run('wait'), down: run('down') };
}

export type PreviewTeam = Awaited<ReturnType<typeof createPreviewTeam>>;

/** Time passes only by waiting: what a command does instead of waiting, for its `wait`. */
export function passTimeByWaiting(): (ms: number) => Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  return async (ms) => void vi.setSystemTime(Date.now() + ms);
}
