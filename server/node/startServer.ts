import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAgentHub } from '../agents/hub.ts';
import { createApp } from '../app.ts';
import { createBus } from '../bus.ts';
import { migrate } from '../db/migrate.ts';
import type { Deps, Log } from '../deps.ts';
import { createPortConnections } from '../gateway/portConnections.ts';
import { createPortGateway } from '../gateway/createPortGateway.ts';
import { fitsSecretKey, installationId } from '../installation.ts';
import { createSecretBox } from '../secretBox.ts';
import { keepPreviewsCollected } from '../previews/collectPreviews.ts';
import { startRollouts } from '../rollouts/rollouts.ts';
import { prepareFirstStart } from '../session/firstStart.ts';
import { keepPruning } from '../session/pruneTokens.ts';
import { keepTimelinePruned } from '../timeline/pruneTimeline.ts';
import { createAgentFiles } from './agentFiles.ts';
import { createAgentSockets } from './agentSocket.ts';
import { systemClock as clock } from './clock.ts';
import { createDashboardFiles } from './dashboardFiles.ts';
import { openDataFolder, readSecretKey } from './dataFolder.ts';
import { createListener } from './httpListener.ts';
import { createOutbound } from './outbound.ts';
import { openSqlite } from './openSqlite.ts';
import { passwords } from './passwords.ts';
import { createPortConnects } from './portConnect.ts';
import { createPortProxy } from './portProxy.ts';
import { createReplicaStreams } from './replicaStreams.ts';
import { SettingsError, type NodeSettings } from './settings.ts';

const DAY_MS = 86_400_000;
/** How long requests that are being answered may go on once the server has to stop. */
const GRACE_MS = 1000;

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export type RunningServer = {
  /** Where people open the dashboard. */
  url: string;
  /** Where to make the first admin; null once there is one. */
  setupUrl: string | null;
  /** Where programs on this machine reach it, whatever people type. */
  localUrl: string;
  /** What the app runs on, for a program that starts the server as a part of itself. */
  deps: Deps;
  /** Ends cleanly: agents are told, requests finished, the database closed, the data folder let go. */
  close(): Promise<void>;
};

/** Starts the server on these settings. SettingsError, with the one line to show, where they don’t allow it. */
export async function startServer(options: {
  settings: NodeSettings;
  log: Log;
  /** The built dashboard; left out: dist/dashboard. */
  dashboardFolder?: string;
  /** Called when the first admin was made through the setup link. */
  onSetUp?: () => void;
}): Promise<RunningServer> {
  const { settings, log } = options;
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const folder = openDataFolder(settings.data);
    undo.push(() => folder.release());
    const { db, databaseState } = openSqlite(folder.database);
    undo.push(() => db.destroy());
    await migrate(db);
    const secretBox = await createSecretBox(settings.secretKey ?? readSecretKey(settings.data));
    if (!(await fitsSecretKey(db, secretBox))) {
      throw new SettingsError(
        'The secret key is not the one this database was written with. Restore secret.key, or set CULVERT_SECRET_KEY.',
      );
    }
    const bus = createBus(clock);
    const hub = createAgentHub({ db, clock, bus, secretBox, log });
    await hub.start();
    const rollouts = await startRollouts({ db, clock, bus, hub, log });
    const listener = createListener();
    undo.push(() => listener.close(GRACE_MS));
    const streams = createReplicaStreams(hub);
    const agents = createAgentSockets(hub, streams, log);
    undo.push(() => Promise.all([agents.close(GRACE_MS), hub.close()]));
    undo.push(() => streams.close());
    undo.push(() => rollouts.stop());
    const port = await listener.listen(settings.host, settings.port);
    const deps: Deps = {
      db,
      databaseState,
      clock,
      bus,
      hub,
      rollouts,
      passwords,
      secretBox,
      log,
      outbound: createOutbound({ allowPrivate: settings.allowPrivateIssuers }),
      agentFiles: createAgentFiles(),
      ...(options.onSetUp ? { onSetUp: options.onSetUp } : {}),
      settings: {
        version: packageVersion(),
        publicUrl: settings.publicUrl ?? `http://localhost:${port}`,
        installationId: await installationId(db),
        allowPrivatePeers: settings.allowPrivatePeers,
        portsDomain: settings.portsDomain,
        portsInterstitial: settings.portsInterstitial,
        sessionIdleMs: 7 * DAY_MS,
        sessionAbsoluteMs: 30 * DAY_MS,
      },
    };
    const setupUrl = await prepareFirstStart(deps, settings.admin);
    const dashboard = await createDashboardFiles(options.dashboardFolder ?? fromRoot('dist/dashboard'));
    undo.push(keepPruning(deps));
    undo.push(keepTimelinePruned(deps));
    undo.push(keepPreviewsCollected(deps));
    const ports = createPortProxy({ ...deps, gateway: createPortGateway(deps), streams });
    // Before the agents are told goodbye, without whom no answer could end.
    undo.push(() => ports.close(GRACE_MS));
    const connects = createPortConnects({ connections: createPortConnections(deps), streams, log });
    undo.push(() => connects.close());
    listener.serve({ app: createApp(deps), dashboard, ports, agents, connects, settings: deps.settings });
    log.info({ url: deps.settings.publicUrl, host: settings.host, port }, 'listening');
    if (settings.portsDomain === null) {
      log.info(
        {},
        'Ports can’t be forwarded: set CULVERT_PORTS_DOMAIN to a domain of their own, such as ports.example.net',
      );
    }
    const localUrl = `http://${localHost(settings.host)}:${port}`;
    return { url: deps.settings.publicUrl, localUrl, setupUrl, deps, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An address to reach the server at that listens on `host`: all addresses include loopback. */
function localHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  return String(version);
}
