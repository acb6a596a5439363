import { build, type Plugin } from 'esbuild';

/** The agent, or the command line, as one file that any Node from 22.12 on runs. Names are kept, so that a stack trace can be read. */
export async function buildAgent(options: { entry: string; outfile: string }): Promise<void> {
  await build({
    entryPoints: [options.entry],
    outfile: options.outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // What jsonc-parser offers to require() is UMD, whose own require() can't be followed.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    // ws is CommonJS and asks for Node's modules by require().
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    plugins: [builtinsWhenNeeded],
    logLevel: 'warning',
  });
}

/**
 * In one file all its imports are loaded at the start, those of parts too that hardly anybody uses. Loading Node's modules takes
 * longer than everything else that `culvert --version` does, so each is required where it is needed first.
 */
const builtinsWhenNeeded: Plugin = {
  name: 'builtins-when-needed',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin' } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
