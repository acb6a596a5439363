import type { DeviceCodeCreated, DeviceDecision, DeviceTokenCreated } from '../../contract/deviceCodes.ts';
import type { Page } from '../../contract/lists.ts';
import type { GatewayLinkCreate, NewGatewayLink } from '../../contract/gatewayLinks.ts';
import type {
  Issuer,
  IssuerCreate,
  TrustedRepository,
  TrustRuleChange,
  TrustRuleCreate,
} from '../../contract/pipelines/pipelines.ts';
import type { Port, PortChange, PortForward, PortList } from '../../contract/ports.ts';
import type { Secret, SecretCreate } from '../../contract/secretsApi.ts';
import type {
  ApiTokenCreated,
  Invitation,
  InvitationCreated,
  Member,
  Role,
  Team,
} from '../../contract/team.ts';
import type { MoveCreate, Rollout } from '../../contract/rollouts.ts';
import type { TrialReplica, VpnTrial, VpnTrialCreate } from '../../contract/vpnTrials.ts';
import type { Vpn, VpnChange, VpnCreate } from '../../contract/vpns.ts';
import type { JoinTokenCreated, Workspace } from '../../contract/workspaces.ts';
import type { PortPolicy } from '../../contract/visibility.ts';
import type { Browser } from './browser.ts';

/** What somebody does in the team, through the API: scenarios are made by the rules that hold for everybody. */
export class TeamApi {
  readonly teamId: string;
  readonly #browser: Browser;
  readonly #team: string;

  constructor(browser: Browser, teamId: string) {
    this.#browser = browser;
    this.teamId = teamId;
    this.#team = `/api/v1/teams/${teamId}`;
  }

  createVpn(vpn: VpnCreate): Promise<Vpn> {
    return this.#browser.json('POST', `${this.#team}/vpns`, vpn);
  }

  vpn(name: string): Promise<Vpn> {
    return this.#browser.json('GET', `${this.#team}/vpns/${encodeURIComponent(name)}`);
  }

  async changeVpn(name: string, change: VpnChange): Promise<Vpn> {
    const { id, revision } = await this.vpn(name);
    return await this.#browser.json('PATCH', `${this.#team}/vpns/${id}`, change, revision);
  }

  shareGatewayConfig(vpn: string, link: GatewayLinkCreate): Promise<NewGatewayLink> {
    return this.#browser.json('POST', `${this.#team}/vpns/${encodeURIComponent(vpn)}/gateway-links`, link);
  }

  async revokeGatewayLink(vpn: string, link: string): Promise<void> {
    await this.#browser.json('DELETE', `${this.#team}/vpns/${encodeURIComponent(vpn)}/gateway-links/${link}`);
  }

  async deleteVpn(name: string): Promise<void> {
    await this.#browser.json('DELETE', `${this.#team}/vpns/${encodeURIComponent(name)}`);
  }

  /** The change or move of a VPN that is under way, or the last one. */
  rollout(vpn: string): Promise<Rollout> {
    return this.#browser.json('GET', `${this.#team}/vpns/${encodeURIComponent(vpn)}/rollout`);
  }

  controlRollout(vpn: string, act: 'pause' | 'resume' | 'rollback'): Promise<Rollout> {
    return this.#browser.json('POST', `${this.#team}/vpns/${encodeURIComponent(vpn)}/rollout/${act}`);
  }

  move(vpn: string, move: MoveCreate): Promise<Rollout> {
    return this.#browser.json('POST', `${this.#team}/vpns/${encodeURIComponent(vpn)}/moves`, move);
  }

  /** Tests a VPN as it is saved with the replica of this name, and waits until that is over. */
  async testVpn(name: string, replica: string): Promise<VpnTrial> {
    const settings = await this.vpn(name);
    const path = `${this.#team}/vpn-trials`;
    const { items } = await this.#browser.json<Page<TrialReplica>>('GET', `${path}/replicas`);
    const found = items.find((item) => item.replica.name === replica);
    if (found === undefined) throw new Error(`There is no replica named ${replica}.`);
    const trial: VpnTrialCreate = {
      settings,
      vpn: settings.id,
      preSharedKey: null,
      replica: found.replica.id,
    };
    return await this.#browser.json('POST', path, trial);
  }

  createWorkspace(name: string): Promise<Workspace> {
    return this.#browser.json('POST', `${this.#team}/workspaces`, { name });
  }

  workspace(name: string): Promise<Workspace> {
    return this.#browser.json('GET', `${this.#team}/workspaces/${name}`);
  }

  joinToken(workspace: string): Promise<JoinTokenCreated> {
    return this.#browser.json('POST', `${this.#team}/workspaces/${workspace}/join-tokens`, {});
  }

  async connect(vpn: string, workspace: string): Promise<void> {
    await this.#browser.json('PUT', `${this.#team}/vpns/${encodeURIComponent(vpn)}/workspaces/${workspace}`);
  }

  ports(workspace: string): Promise<PortList> {
    return this.#browser.json('GET', `${this.#team}/workspaces/${workspace}/ports`);
  }

  forwardPort(workspace: string, port: number, how: Partial<PortForward> = {}): Promise<Port> {
    return this.#browser.json('PUT', `${this.#team}/workspaces/${workspace}/ports/${port}`, how);
  }

  async changePort(workspace: string, port: number, change: PortChange): Promise<Port> {
    const { items } = await this.ports(workspace);
    const revision = items.find((item) => item.port === port)?.revision;
    const path = `${this.#team}/workspaces/${workspace}/ports/${port}`;
    return await this.#browser.json('PATCH', path, change, revision);
  }

  async stopPort(workspace: string, port: number): Promise<void> {
    await this.#browser.json('DELETE', `${this.#team}/workspaces/${workspace}/ports/${port}`);
  }

  async changePolicy(portPolicy: PortPolicy): Promise<void> {
    const { revision }: Team = await this.#browser.json('GET', this.#team);
    await this.#browser.json('PATCH', this.#team, { portPolicy }, revision);
  }

  invite(role: Role): Promise<InvitationCreated> {
    return this.#browser.json('POST', `${this.#team}/invitations`, { role });
  }

  createApiToken(name: string, expiresInDays: number): Promise<ApiTokenCreated> {
    return this.#browser.json('POST', `${this.#team}/api-tokens`, { name, expiresInDays });
  }

  /** What `culvert login` does on a machine of this name, up to the wait for an answer. */
  askForTerminal(clientName: string): Promise<DeviceCodeCreated> {
    return this.#browser.json('POST', '/api/v1/device-codes', { clientName });
  }

  /** The same with the answer: allowed for this team. */
  async signInTerminal(clientName: string): Promise<DeviceTokenCreated> {
    const { userCode, deviceCode } = await this.askForTerminal(clientName);
    const decision: DeviceDecision = { decision: 'allow', team: this.teamId };
    await this.#browser.json('POST', `/api/v1/device-codes/${userCode}/decision`, decision);
    return await this.#browser.json('POST', '/api/v1/device-tokens', { deviceCode });
  }

  async withdrawInvitation(invitation: Invitation): Promise<void> {
    await this.#browser.json('DELETE', `${this.#team}/invitations/${invitation.id}`);
  }

  members(): Promise<Page<Member>> {
    return this.#browser.json('GET', `${this.#team}/members`);
  }

  resetLink(userId: string): Promise<{ url: string; expiresAt: string }> {
    return this.#browser.json('POST', `${this.#team}/members/${userId}/reset-link`);
  }

  async removeMember(userId: string): Promise<void> {
    await this.#browser.json('DELETE', `${this.#team}/members/${userId}`);
  }

  async changeRole(userId: string, role: Role): Promise<void> {
    await this.#browser.json('PATCH', `${this.#team}/members/${userId}`, { role });
  }

  /** One’s own unless `level` says otherwise. */
  addSecret(secret: Partial<SecretCreate> & { name: string; value: string }): Promise<Secret> {
    return this.#browser.json('POST', `${this.#team}/secrets`, { level: 'member', ...secret });
  }

  addIssuer(issuer: IssuerCreate): Promise<Issuer> {
    return this.#browser.json('POST', `${this.#team}/issuers`, issuer);
  }

  /** The rule for the repository of this name. */
  async changeRule(repository: string, change: TrustRuleChange): Promise<void> {
    const path = `${this.#team}/trusted-repositories`;
    const { items } = await this.#browser.json<Page<TrustedRepository>>('GET', path);
    const rule = items.find((item) => item.repository?.name === repository);
    if (rule === undefined) throw new Error(`No rule is for ${repository}.`);
    await this.#browser.json('PATCH', `${path}/${rule.id}`, change, rule.revision);
  }

  trust(rule: Partial<TrustRuleCreate> & Pick<TrustRuleCreate, 'issuer' | 'owner' | 'repository'>) {
    return this.#browser.json<TrustedRepository>('POST', `${this.#team}/trusted-repositories`, {
      events: [],
      refs: [],
      environments: [],
      protectedOnly: false,
      outside: false,
      vpns: null,
      ...rule,
    });
  }
}
