import { createServer, type Server } from 'node:http';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namespaceNames, run, until } from './namespaces.ts';
import { createLab, ownPrefix, removeLab, type Lab } from './network.ts';

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

describe('labs whose processes were killed', () => {
  /** Builds a lab in a process of its own, which is killed then. What it built is there when it is. */
  async function crash(prefix: string): Promise<void> {
    const script = `
      import { createLab } from ${JSON.stringify(new URL('network.ts', import.meta.url).pathname)};
      await createLab({ prefix: ${JSON.stringify(prefix)}, replicas: 1, serverPort: null });
      console.log('built');
      setInterval(() => {}, 1000);`;
    const crashed = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let output = '';
    crashed.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('built'), 60_000);
    expect(namespaceNames()).toContain(`${prefix}-gw`);
    const exited = new Promise((resolve) => crashed.once('exit', resolve));
    crashed.kill('SIGKILL');
    await exited;
  }
  /** What is left of labs whose prefixes begin so. */
  const left = (prefix: string) => [
    ...namespaceNames().filter((name) => name.startsWith(prefix)),
    ...readdirSync('/tmp').filter((name) => name.startsWith(`culvert-lab-${prefix}`)),
  ];
  // Other files' labs begin at the same moments, and remove what is left just as well.
  const own = process.pid.toString(36);

  test('are removed when the next one starts', async () => {
    await crash(`a${own}`);
    const next = await createLab({ prefix: `b${own}`, replicas: 1, serverPort: null });
    await until(() => left(`a${own}`).length === 0, 10_000);
    await next.close();
    expect(left(`b${own}`)).toEqual([]);
  });

  test('are removed by several at once', async () => {
    await crash(`c${own}`);
    await Promise.all([1, 2, 3].map(() => removeLab(`c${own}`)));
    expect(left(`c${own}`)).toEqual([]);
  });
});
