import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAgent } from './buildAgent.ts';
import { buildIfStale } from './freshness.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path: string): string => join(root, path);
/** What every output depends on besides its own folders. */
const everywhere = ['contract', 'package.json', 'package-lock.json'].map(at);

/** Where the agent's bundle is, for those who start it or hand it out. */
export const agentBundle = at('dist/agent/culvert-agent.mjs');

/** Builds the agent's bundle unless it is fresh. */
export const buildFreshAgent = (): Promise<boolean> =>
  buildIfStale(
    {
      sources: [at('agent'), at('scripts/buildAgent.ts'), ...everywhere],
      output: agentBundle,
      stamp: at('dist/.built-from/agent'),
    },
    () => buildAgent({ entry: at('agent/main.ts'), outfile: agentBundle }),
  );

/** Where the command line's bundle is. */
export const commandLineBundle = at('dist/agent/culvert.mjs');

/** Builds the command line's bundle unless it is fresh. */
export const buildFreshCommandLine = (): Promise<boolean> =>
  buildIfStale(
    {
      sources: [at('cli'), at('scripts/buildAgent.ts'), ...everywhere],
      output: commandLineBundle,
      stamp: at('dist/.built-from/command-line'),
    },
    () => buildAgent({ entry: at('cli/main.ts'), outfile: commandLineBundle }),
  );

/** Builds the dashboard into dist/dashboard unless it is fresh. */
export const buildFreshDashboard = (): Promise<boolean> =>
  buildIfStale(
    {
      sources: [...['src', 'integrations', 'public', 'index.html', 'vite.config.ts'].map(at), ...everywhere],
      output: at('dist/dashboard/index.html'),
      stamp: at('dist/.built-from/dashboard'),
    },
    async () => {
      // Only here: Vite takes longer to load than the agent to build.
      const { build } = await import('vite');
      await build({ root, logLevel: 'warn', build: { outDir: at('dist/dashboard'), emptyOutDir: true } });
    },
  );

if (import.meta.main) {
  for (const [what, build] of [
    ['agent', buildFreshAgent],
    ['command line', buildFreshCommandLine],
    ['dashboard', buildFreshDashboard],
  ] as const) {
    const startedAt = Date.now();
    const built = await build();
    console.log(
      built
        ? `Built the ${what} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`
        : `The ${what} is fresh.`,
    );
  }
}
