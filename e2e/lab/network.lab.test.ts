import { createServer, type Server } from 'node:http';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, until } from './namespaces.ts';
import { createLab, ownPrefix, type Lab } from './network.ts';

let server: Server;
let lab: Lab;
let port: number;

beforeAll(async () => {
  server = createServer((_, response) => response.end('the real server'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  port = address.port;
  lab = await createLab({ prefix: ownPrefix(), replicas: 2, serverPort: port });
});
afterAll(async () => {
  await lab.close();
  server.close();
});

test('each replica reaches the server at the same localhost URL', async () => {
  for (const n of [1, 2]) {
    const script = `fetch("http://localhost:${port}").then((r) => r.text()).then(console.log)`;
    const { stdout } = await lab.replica(n).exec([process.execPath, '-e', script]);
    expect(stdout.trim()).toBe('the real server');
  }
});

test('replicas reach the gateway and each other, and nothing behind the gateway', async () => {
  const ping = async (address: string) =>
    (await lab.replica(1).exec(['ping', '-c1', '-W1', address])).code === 0;
  expect(await ping('1.2.3.4')).toBe(true);
  expect(await ping('1.2.3.12')).toBe(true);
  expect(await ping('10.250.0.5')).toBe(false);
  expect((await lab.gateway.namespace.exec(['ping', '-c1', '-W1', '10.250.0.5'])).code).toBe(0);
});

test('a lab of the same prefix can’t be started beside one that runs', async () => {
  const script = `
    import { removeLab } from ${JSON.stringify(new URL('network.ts', import.meta.url).pathname)};
    await removeLab(${JSON.stringify(ownPrefix())}).catch((error) => console.log(error.message));`;
  const { stdout } = await run([process.execPath, '--input-type=module', '-e', script]);
  expect(stdout).toContain(`running already, in process ${process.pid}`);
});

describe('a lab whose process was killed', () => {
  test('is removed when the next one starts', async () => {
    const script = `
      import { createLab } from ${JSON.stringify(new URL('network.ts', import.meta.url).pathname)};
      await createLab({ prefix: 'crashed', replicas: 1, serverPort: null });
      console.log('built');
      setInterval(() => {}, 1000);`;
    const crashed = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let output = '';
    crashed.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('built'), 20_000);
    const exited = new Promise((resolve) => crashed.once('exit', resolve));
    crashed.kill('SIGKILL');
    await exited;
    const names = async () => (await run(['ip', 'netns', 'list'])).stdout;
    expect(await names()).toContain('crashed-gw');
    const next = await createLab({ prefix: `${ownPrefix()}b`, replicas: 1, serverPort: null });
    expect(await names()).not.toContain('crashed-');
    expect(existsSync('/tmp/culvert-lab-crashed')).toBe(false);
    await next.close();
    expect(await names()).not.toContain(`${ownPrefix()}b-`);
  });
});
