import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { JoinTokenCreated, Workspace } from '../../contract/workspaces.ts';
import { Api } from './api.ts';
import { createLab, type Lab } from './network.ts';
import { joinTeam, SignedIn, type Person } from './people.ts';
import { ServerProcess } from './serverProcess.ts';
import { WorkspaceMachines } from './workspaceMachines.ts';

/** Machines that can be up at once. */
const MACHINES = 2;

/** A company whose people share ports: the real server, and machines with real agents. No VPNs. */
export class PortsCompany {
  readonly lab: Lab;
  readonly server: ServerProcess;
  /** `/teams/{id}`, in front of every path of the team. */
  readonly team: string;
  readonly people: Readonly<Record<'admin' | 'owner' | 'colleague' | 'outsider', Person>>;
  #workspaces = 0;

  private constructor(
    lab: Lab,
    server: ServerProcess,
    team: string,
    people: Record<'admin' | 'owner' | 'colleague' | 'outsider', Person>,
  ) {
    this.lab = lab;
    this.server = server;
    this.team = team;
    this.people = people;
  }

  static async start(options: { prefix: string; port: number }): Promise<PortsCompany> {
    const { prefix, port } = options;
    const lab = await createLab({ prefix, replicas: MACHINES, serverPort: port });
    const email = 'ada@example.com';
    const password = 'walk-the-culvert-daily';
    const token = randomBytes(24).toString('hex');
    const data = join(lab.folder, 'data');
    const env = {
      CULVERT_ADMIN_EMAIL: email,
      CULVERT_ADMIN_PASSWORD: password,
      CULVERT_ADMIN_TOKEN: token,
    };
    const server = new ServerProcess({ port, data, env });
    try {
      await server.start();
      const signedIn = await SignedIn.by(server, '/session', { email, password });
      const { user, teams } = signedIn.session;
      const team = `/teams/${teams[0]?.id ?? ''}`;
      const admin = {
        id: user?.id ?? '',
        name: user?.name ?? '',
        email,
        password,
        token,
        api: new Api(port, token),
      };
      const [owner, colleague, outsider] = await Promise.all([
        joinTeam(server, signedIn, team, 'Olga'),
        joinTeam(server, signedIn, team, 'Carl'),
        joinTeam(server, signedIn, team, 'Oscar'),
      ]);
      moveToTeamOfTheirOwn(join(data, 'culvert.db'), outsider.id);
      return new PortsCompany(lab, server, team, { admin, owner, colleague, outsider });
    } catch (error) {
      await server.stop();
      await lab.close();
      throw error;
    }
  }

  /** A new workspace of `owner`’s, with this many machines on which nothing but the agent runs. */
  async workspace(replicas: number): Promise<WorkspaceMachines> {
    const { api } = this.people.owner;
    this.#workspaces += 1;
    const name = `shop-${this.#workspaces}`;
    const { id } = await api.post<Workspace>(`${this.team}/workspaces`, { name });
    const path = `${this.team}/workspaces/${id}`;
    const { token } = await api.post<JoinTokenCreated>(`${path}/join-tokens`, {});
    const machines = new WorkspaceMachines({
      lab: this.lab,
      server: this.server,
      api,
      path,
      id,
      name,
      token,
    });
    for (let n = 1; n <= replicas; n += 1) await machines.add(n);
    return machines;
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.lab.close();
  }
}

/** There is no way to make a second team yet: it is written beside the running server, as SQLite allows. */
function moveToTeamOfTheirOwn(database: string, userId: string): void {
  const db = new Sqlite(database);
  const now = new Date().toISOString();
  db.prepare('insert into team (id, name, created_at) values (?, ?, ?)').run('team_other', 'Other team', now);
  db.prepare('update member set team_id = ? where user_id = ?').run('team_other', userId);
  db.close();
}
