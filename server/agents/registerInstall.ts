import type { AgentFiles, ServerSettings } from '../deps.ts';
import type { App } from '../http/appEnv.ts';
import { notFound } from '../http/problem.ts';
import { installScript } from './install.ts';

/**
 * What a machine needs to become a replica, and the command line; open to everybody: without a token neither is of any use.
 *
 *   GET /agent/install.sh     the agent’s install script
 *   GET /cli/install.sh       the command line’s
 *   GET /agent/files          names, checksums and sizes
 *   GET /agent/files/{name}   one file
 */
export function registerInstall(
  app: App,
  deps: { agentFiles: AgentFiles | null; settings: Pick<ServerSettings, 'publicUrl'> },
): void {
  const { agentFiles, settings } = deps;

  const installers = { '/agent/install.sh': 'agent', '/cli/install.sh': 'command-line' } as const;
  for (const path of ['/agent/install.sh', '/cli/install.sh'] as const) {
    app.get(path, async (c) => {
      if (!agentFiles) throw notFound('file');
      const [files, text] = await Promise.all([agentFiles.list(), agentFiles.installer(installers[path])]);
      return c.body(installScript({ publicUrl: settings.publicUrl, files, text }), 200, {
        'content-type': 'text/x-shellscript; charset=utf-8',
        'cache-control': 'no-cache',
      });
    });
  }

  app.get('/agent/files', async (c) => c.json({ items: (await agentFiles?.list()) ?? [] }));

  app.get('/agent/files/:name', async (c) => {
    const name = c.req.param('name');
    const file = (await agentFiles?.list())?.find((entry) => entry.name === name);
    const stream = file && (await agentFiles?.open(name));
    if (!file || !stream) throw notFound('file');
    return c.body(stream, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(file.size),
      'cache-control': 'no-cache',
      etag: `"${file.sha256}"`,
    });
  });
}
