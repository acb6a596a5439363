// Stands for the agent's bundle in tests of the install script: keeps the files that the script looks at.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const [command, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(name) + 1];

if (command === '--version') {
  process.stdout.write('9.9.9\n');
} else if (command === 'check') {
  const answer = process.env.STAND_IN_CHECK ?? '';
  process.stdout.write(existsSync(process.env.STAND_IN_MENDED ?? '') ? '' : answer);
  process.exitCode = answer && !existsSync(process.env.STAND_IN_MENDED ?? '') ? 1 : 0;
} else if (command === 'run') {
  const state = option('--state');
  const token = readFileSync(option('--token-file'), 'utf8').trim();
  if (token === 'culv_join_revoked') {
    rmSync(state, { recursive: true });
    process.exit(3);
  }
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  // Before there is anything by which a test finds it.
  process.on('SIGTERM', () => {
    appendFileSync(`${state}.history`, 'stop\n');
    rmSync(join(state, 'agent.pid'));
    process.exit(0);
  });
  writeFileSync(join(state, 'agent.pid'), `${process.pid} ${started}\n`);
  writeFileSync(join(state, 'token.json'), '{}');
  writeFileSync(join(state, 'run.json'), JSON.stringify({ args: rest, token, execPath: process.execPath }));
  writeFileSync(join(state, 'status'), 'Connected to the test as replica dev-1 of workspace dev.\n');
  appendFileSync(`${state}.history`, 'start\n');
  setInterval(() => undefined, 60_000);
} else if (command === 'remove') {
  appendFileSync(`${option('--state')}.history`, 'remove\n');
  rmSync(option('--state'), { recursive: true });
}
