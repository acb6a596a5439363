import { join } from 'node:path';
import type { JoinTokenCreated, Replica } from '../../contract/workspaces.ts';
import { Machine } from '../../e2e/lab/machine.ts';
import { must, until } from '../../e2e/lab/namespaces.ts';
import { PortsCompany } from '../../e2e/lab/portsCompany.ts';
import type { WorkspaceMachines } from '../../e2e/lab/workspaceMachines.ts';
import { agentBundle } from '../../scripts/build.ts';
import { processesIn } from '../lab.ts';
import { familyOf, startChild, type Child } from './child.ts';
import type { Target } from './load.ts';
import { startNginx } from './nginx.ts';
import { forwardRemotely, type RemoteForward } from './remoteForward.ts';

/** A way to the app, and the processes it takes. */
export type Way = {
  target: Target;
  serverSide: () => number[];
  /** In the replica. */
  replicaSide: () => Promise<number[]>;
};

export type WayName = 'culvert' | 'nginx' | 'ssh' | 'httpxy' | 'app';

export type Rig = {
  ways: Readonly<Record<WayName, Way>>;
  company: PortsCompany;
  workspace: WorkspaceMachines;
  /** What the workspace’s programs run on. */
  machine: Machine;
  close: () => Promise<void>;
};

const APP = 3000;
/** On the server’s side. */
const ports = { culvert: 8695, nginx: 8801, nginxOfSsh: 8802, httpxy: 8803, forwarded: 8804, sshd: 8805 };
/** Of the cable between both sides, from the addresses for benchmarks (RFC 2544). */
const addresses = { server: '198.18.0.1', replica: '198.18.0.2' };

const programs = {
  app: new URL('app.ts', import.meta.url).pathname,
  httpxy: new URL('httpxyProxy.ts', import.meta.url).pathname,
};

/**
 * The app in a replica, and every way to it from the server’s side: each crosses the same cable between two network namespaces
 * once. This process has to be in a network namespace of its own, with `CULVERT_HOST=0.0.0.0`.
 */
export async function buildRig(): Promise<Rig> {
  await must('ip', 'link', 'set', 'lo', 'up');
  const company = await PortsCompany.start({ prefix: 'benchp', port: ports.culvert });
  const children: Pick<Child, 'stop'>[] = [];
  const close = async () => {
    for (const child of children) await child.stop();
    await company.close();
  };
  try {
    const { folder } = company.lab;
    const replica = company.lab.replica(1);
    await layCable(replica.name);
    const machine = new Machine(replica, join(folder, 'machine'));
    await machine.up();
    await machine
      .run([process.execPath, programs.app, String(APP)], join(folder, 'bench-app.log'))
      .printed('listening');
    const workspace = await joinDirectly(company, machine);
    const { host } = new URL(await workspace.share(APP, 'public'));

    const start = async <Started extends Pick<Child, 'stop'>>(starting: Promise<Started>) => {
      const started = await starting;
      children.unshift(started);
      return started;
    };
    const app = `${addresses.replica}:${APP}`;
    const nginx = await start(startNginx({ folder: join(folder, 'nginx'), port: ports.nginx, app }));
    const forward: RemoteForward = await start(
      forwardRemotely({
        folder: join(folder, 'ssh'),
        replica,
        sshd: { address: addresses.server, port: ports.sshd },
        port: ports.forwarded,
        app: APP,
      }),
    );
    const nginxOfSsh = await start(
      startNginx({
        folder: join(folder, 'nginx-of-ssh'),
        port: ports.nginxOfSsh,
        app: `127.0.0.1:${ports.forwarded}`,
      }),
    );
    const httpxy = await start(
      startChild([process.execPath, programs.httpxy, String(ports.httpxy), app], {
        address: '127.0.0.1',
        port: ports.httpxy,
      }),
    );
    const here = (port: number): Target => ({ address: '127.0.0.1', port, host: 'localhost' });
    const none = () => Promise.resolve([]);
    const ways: Record<WayName, Way> = {
      culvert: {
        target: { ...here(ports.culvert), host },
        serverSide: () => familyOf(company.server.pid ?? 0),
        replicaSide: () => processesIn(replica, /^culvert-agent/),
      },
      nginx: { target: here(ports.nginx), serverSide: () => familyOf(nginx.pid), replicaSide: none },
      ssh: {
        target: here(ports.nginxOfSsh),
        serverSide: () => [...familyOf(nginxOfSsh.pid), ...familyOf(forward.sshd.pid)],
        replicaSide: () => Promise.resolve([forward.ssh]),
      },
      httpxy: { target: here(ports.httpxy), serverSide: () => familyOf(httpxy.pid), replicaSide: none },
      app: {
        target: { ...here(APP), address: addresses.replica },
        serverSide: () => [],
        replicaSide: none,
      },
    };
    return { ways, company, workspace, machine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The lab’s replicas reach the server through relays of Node, which would be measured too. */
async function layCable(replica: string): Promise<void> {
  await must('ip', 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'cable', 'netns', replica);
  await must('ip', 'address', 'add', `${addresses.server}/30`, 'dev', 'cable');
  await must('ip', 'link', 'set', 'cable', 'up');
  const inReplica = ['ip', 'netns', 'exec', replica, 'ip'] as const;
  await must(...inReplica, 'address', 'add', `${addresses.replica}/30`, 'dev', 'cable');
  await must(...inReplica, 'link', 'set', 'cable', 'up');
}

/** A workspace whose only replica has joined over the cable, with the agent as it is handed out. */
async function joinDirectly(company: PortsCompany, machine: Machine): Promise<WorkspaceMachines> {
  const { api } = company.people.owner;
  const workspace = await company.workspace(0);
  const { token } = await api.post<JoinTokenCreated>(`${workspace.path}/join-tokens`, {});
  const server = `http://${addresses.server}:${ports.culvert}`;
  const which = ['--server', server, '--token', token, '--name', 'host-1'];
  const state = ['--state', join(machine.folder, 'agent')];
  machine.run(
    [process.execPath, agentBundle, 'run', ...which, ...state],
    join(company.lab.folder, 'bench-agent.log'),
  );
  await until(async () => {
    const { items } = await api.get<{ items: Replica[] }>(`${workspace.path}/replicas`);
    return items[0]?.online ?? false;
  }, 15_000);
  return workspace;
}
