import { enableCompileCache } from 'node:module';
import { version } from './version.ts';

// Asked by installers and prompts: it needs nothing of the rest.
const [first, ...others] = process.argv.slice(2);
if (others.length === 0 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${version}\n`);
} else {
  enableCompileCache();
  const [{ runCli }, { systemContext }] = await Promise.all([
    import('./runCli.ts'),
    import('./systemContext.ts'),
  ]);
  process.exitCode = await runCli(process.argv.slice(2), systemContext());
}
