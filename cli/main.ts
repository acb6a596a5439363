import { version } from './version.ts';

// Asked by installers and prompts: it needs nothing of the rest.
const [first, ...others] = process.argv.slice(2);
if (others.length === 0 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  // The first Ctrl-C lets a command end in order; a second one doesn’t wait.
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => interrupted.abort(new Error('Interrupted.')));
  }
  // Whoever reads our output may have enough of it: `culvert vpn list | head -n 1`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  const [{ runCli }, { systemContext }] = await Promise.all([
    import('./runCli.ts'),
    import('./systemContext.ts'),
  ]);
  process.exitCode = await runCli(process.argv.slice(2), systemContext(interrupted.signal));
}
