import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { readHost } from '../server/gateway/hosts.ts';
import { SettingsError, readSettings } from '../server/node/settings.ts';
import { buildFreshAgent, buildFreshCommandLine } from './build.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dashboardPort = 5173;
const dashboard = `http://localhost:${dashboardPort}`;

/**
 * The server, started again when its files change, and Vite before it. The browser only ever talks to Vite, so that is
 * the public URL: the server takes writes from no other origin.
 */
async function dev(args: readonly string[]): Promise<void> {
  const { settings } = readSettings(args, process.env);
  if (await buildFreshAgent()) console.log('Built the agent.');
  if (await buildFreshCommandLine()) console.log('Built the command line.');

  const publicUrl = settings.publicUrl ?? dashboard;
  const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'server/main.ts', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CULVERT_PUBLIC_URL: publicUrl },
  });
  const isPort = (host: string | undefined) =>
    readHost(host, { publicUrl, portsDomain: settings.portsDomain }).kind !== 'dashboard';
  const target = { target: `http://${settings.host}:${settings.port}`, ws: true };
  const vite = await createServer({
    root,
    server: {
      port: dashboardPort,
      strictPort: true,
      proxy: {
        '^/(?:api|agent|cli)/': target,
        '/healthz': target,
        '/readyz': target,
        '/port-auth': target,
        // Everything of forwarded ports, whatever the path; what is left is Vite’s.
        '^/': { ...target, bypass: ({ headers, url }) => (isPort(headers.host) ? null : url) },
      },
    },
  });
  await vite.listen();
  console.log(`The dashboard, with reload, is at ${dashboard}`);

  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await vite.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  server.once('exit', (code) => void vite.close().then(() => process.exit(code ?? 1)));
}

try {
  await dev(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
