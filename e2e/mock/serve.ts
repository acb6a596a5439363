import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { preview, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const built = resolve(root, 'dist/mock');

/** On the way from one process of a machine to another, compressing takes longer than it saves. */
const uncompressed: Plugin = {
  name: 'uncompressed',
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, _, next) => {
      delete request.headers['accept-encoding'];
      next();
    });
  },
};

/** Serves the dashboard built on the mock (dist/mock), on a free port. */
export async function serveDashboard(): Promise<{ url: string; close: () => Promise<void> }> {
  if (!existsSync(resolve(built, 'index.html')))
    throw new Error(`There is no dashboard in ${built}: run "npm run build:mock" first.`);
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir: built },
    preview: { port: 0, host: '127.0.0.1' },
    plugins: [uncompressed],
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The preview server has no port.');
  return { url: `http://localhost:${address.port}`, close: () => server.close() };
}
