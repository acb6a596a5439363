import type { Verification } from '../contract/verifications.ts';
import { connectVpn, guideVpn, removeVpns, runGateway } from '../e2e/lab/companyVpns.ts';
import { guideIpsecConf, uniqueidsNever } from '../e2e/lab/gatewayConf.ts';
import { until } from '../e2e/lab/namespaces.ts';
import { isUp, processesIn, waitForTunnels, type Lab } from './lab.ts';
import { privateHost } from './pings.ts';
import { residentMb } from './resident.ts';
import { spreadOf } from './spread.ts';
import type { Row } from './table.ts';

/** What a replica may spend on the agent, in MB of 1,000,000 bytes. */
const AGENT_MAX_MB = 80;

/** Resident memory with three tunnels up, after a verification ran through them. One value per process. */
export async function measureMemory({ company }: Lab): Promise<Row[]> {
  await runGateway(company, uniqueidsNever + guideIpsecConf);
  const { id } = await connectVpn(company, guideVpn, ['billing-api', 'reports']);
  await waitForTunnels(company, id, isUp);
  await verify(company, id);
  const replicas = [1, 2, 3].map((n) => company.lab.replica(n));
  const of = (commandLine: RegExp) =>
    Promise.all(
      replicas.map(async (replica) => {
        const [pid, ...others] = await processesIn(replica, commandLine);
        if (pid === undefined || others.length > 0) throw new Error(`Not one process: ${commandLine.source}`);
        return residentMb(pid);
      }),
    );
  const server = company.server.pid;
  if (server === undefined) throw new Error('The server doesn’t run.');
  const row = (name: string, values: readonly number[], limit: number | null): Row => ({
    what: `Resident memory of ${name}, MB`,
    culvert: spreadOf(values),
    byHand: null,
    limit,
  });
  const rows = [
    row('the server', [await residentMb(server)], null),
    row('an agent', await of(/^culvert-agent/), AGENT_MAX_MB),
    row('its charon', await of(/^\S*\/charon( |$)/), null),
  ];
  await removeVpns(company);
  return rows;
}

async function verify({ api, team }: Lab['company'], vpnId: string): Promise<void> {
  const { id } = await api.post<Verification>(`${team}/vpns/${vpnId}/verifications`, {
    address: privateHost,
  });
  await until(
    async () => (await api.get<Verification>(`${team}/verifications/${id}`)).finishedAt !== null,
    20_000,
  );
  const { results } = await api.get<Verification>(`${team}/verifications/${id}`);
  const failed = results.filter(({ state }) => state !== 'succeeded');
  if (failed.length > 0) throw new Error(`A verification failed: ${failed[0]?.message ?? ''}`);
}
