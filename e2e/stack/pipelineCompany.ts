import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Page as List } from '../../contract/lists.ts';
import type { PipelineProvider } from '../../contract/pipelines/identity.ts';
import type { Issuer, TrustedRepository, TrustRuleCreate } from '../../contract/pipelines/pipelines.ts';
import type { Session } from '../../contract/session.ts';
import type { Vpn } from '../../contract/vpns.ts';
import type { Workspace } from '../../contract/workspaces.ts';
import { Api } from '../lab/api.ts';
import { guideVpn } from '../lab/companyVpns.ts';
import { guideIpsecConf, secretsFor, uniqueidsNever } from '../lab/gatewayConf.ts';
import { createLab, type Lab } from '../lab/network.ts';
import { Runner } from '../lab/runner.ts';
import { ServerProcess } from '../lab/serverProcess.ts';
import { startLocalIssuer, type LocalIssuer } from './localIssuer.ts';

/** Runners that can be up at once. */
const RUNNERS = 2;

/** Whose pipelines are trusted: those of the claims that the local issuers give, by their ids. */
const trusted: Readonly<Record<PipelineProvider, Pick<TrustRuleCreate, 'owner' | 'repository'>>> = {
  github: { owner: { name: 'octo', id: '12' }, repository: { name: 'octo/app', id: '4711' } },
  gitlab: { owner: { name: 'group', id: '5' }, repository: { name: 'group/app', id: '20' } },
  bitbucket: { owner: { name: '{6a1b}', id: '{6a1b}' }, repository: { name: '{90cd}', id: '{90cd}' } },
};

type Issuers = Readonly<Record<PipelineProvider, LocalIssuer>>;

/**
 * A company whose pipelines reach its private network: the real server, the guide’s gateway and VPN, issuers that it trusts one
 * repository of each, and runners on the public network.
 */
export class PipelineCompany {
  readonly lab: Lab;
  readonly server: ServerProcess;
  readonly api: Api;
  /** `/teams/{id}`, in front of every path of the team. */
  readonly team: string;
  readonly issuers: Issuers;
  readonly vpn: Vpn;
  readonly #runners: Runner[] = [];

  private constructor(given: Pick<PipelineCompany, 'lab' | 'server' | 'api' | 'team' | 'issuers' | 'vpn'>) {
    this.lab = given.lab;
    this.server = given.server;
    this.api = given.api;
    this.team = given.team;
    this.issuers = given.issuers;
    this.vpn = given.vpn;
  }

  static async start({ prefix, port }: { prefix: string; port: number }): Promise<PipelineCompany> {
    const lab = await createLab({ prefix, replicas: RUNNERS, serverPort: port });
    const token = randomBytes(24).toString('hex');
    const server = new ServerProcess({
      port,
      data: join(lab.folder, 'data'),
      env: {
        CULVERT_ADMIN_EMAIL: 'ada@example.com',
        CULVERT_ADMIN_PASSWORD: 'walk-the-culvert-daily',
        CULVERT_ADMIN_TOKEN: token,
        CULVERT_ALLOW_PRIVATE_ISSUERS: 'true',
      },
    });
    lab.gateway.write(uniqueidsNever + guideIpsecConf, secretsFor('1.2.3.4', guideVpn.preSharedKey));
    const [github, gitlab, bitbucket] = await Promise.all([
      startLocalIssuer(),
      startLocalIssuer(),
      startLocalIssuer(),
    ]);
    const issuers = { github, gitlab, bitbucket };
    try {
      await Promise.all([server.start(), lab.gateway.start()]);
      // GitHub’s runners ask an address for their tokens; the others are given theirs.
      for (let n = 1; n <= RUNNERS; n += 1) await lab.bring(n, Number(new URL(github.url).port));
      const api = new Api(port, token);
      const { teams } = await api.get<Session>('/session');
      const team = `/teams/${teams[0]?.id ?? ''}`;
      const vpn = await api.post<Vpn>(`${team}/vpns`, guideVpn);
      const company = new PipelineCompany({ lab, server, api, team, issuers, vpn });
      for (const provider of ['github', 'gitlab', 'bitbucket'] as const) await company.trust(provider);
      return company;
    } catch (error) {
      await closeAll(lab, server, issuers);
      throw error;
    }
  }

  async trust(
    provider: PipelineProvider,
    changes: Partial<Omit<TrustRuleCreate, 'issuer'>> = {},
  ): Promise<TrustedRepository> {
    const { url } = this.issuers[provider];
    const { items } = await this.api.get<List<Issuer>>(`${this.team}/issuers`);
    const issuer =
      items.find((known) => known.url === url) ??
      (await this.api.post<Issuer>(`${this.team}/issuers`, { provider, url }));
    return await this.api.post<TrustedRepository>(`${this.team}/trusted-repositories`, {
      issuer: issuer.id,
      ...trusted[provider],
      events: [],
      refs: [],
      environments: [],
      protectedOnly: false,
      outside: false,
      vpns: null,
      ...changes,
    });
  }

  /** A VPN to the same gateway, whose key isn’t the gateway’s. */
  vpnWithAnotherKey(): Promise<Vpn> {
    const wrong = { name: 'Wrong key', preSharedKey: 'not-the-key-of-the-gateway-1' };
    return this.api.post<Vpn>(`${this.team}/vpns`, { ...guideVpn, ...wrong });
  }

  /** Deletes every workspace by hand, so that the next test starts without previews. */
  async removeWorkspaces(): Promise<void> {
    const { items } = await this.api.get<List<Workspace>>(`${this.team}/workspaces`);
    for (const { id } of items) await this.api.delete(`${this.team}/workspaces/${id}`);
  }

  /** A runner that nothing has run on yet, in the place of whatever was there: 1 or 2. */
  async runner(n = 1): Promise<Runner> {
    await this.#runners[n]?.down();
    const runner = new Runner(this.lab.replica(n), join(this.lab.folder, `runner-${n}`));
    this.#runners[n] = runner;
    await runner.up();
    return runner;
  }

  async close(): Promise<void> {
    for (const runner of this.#runners) await runner?.down();
    await closeAll(this.lab, this.server, this.issuers);
  }
}

async function closeAll(lab: Lab, server: ServerProcess, issuers: Issuers): Promise<void> {
  await server.stop();
  await Promise.all(Object.values(issuers).map((issuer) => issuer.close()));
  await lab.close();
}
