import { build } from 'esbuild';

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
    logLevel: 'warning',
  });
}
