import { createHash } from 'node:crypto';
import { chunks } from '../lab/portApp/content.ts';
import { curl } from './curl.ts';
import { expect, test } from './portFixtures.ts';
import { expectApp } from './portSteps.ts';

/** Enough that no buffer on the way holds it. */
const LARGE = 32 * 1024 * 1024;
const largeSha256 = (): string => {
  const hash = createHash('sha256');
  for (const chunk of chunks(0, LARGE)) hash.update(chunk);
  return hash.digest('hex');
};

type Echo = { method: string; url: string; headers: [string, string][]; body: string };

test('the app sees the request as it was made, the way it came, and no cookie of Culvert', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'private');
  const page = await pageOf(company.people.owner);
  await page.goto(url);
  await expectApp(page);
  const own = (await page.context().cookies(url)).map(({ name }) => name);
  expect(own.filter((name) => name.startsWith('__Host-Http-culvert-'))).not.toEqual([]);
  const access = own.find((name) => name.endsWith('-port')) ?? '';

  const seen: Echo = await page.evaluate(async (theirs) => {
    await fetch(`/cookies?theme=dark&${theirs}=taken-over`);
    const answer = await fetch('/echo?path=%2Fa&again', {
      method: 'POST',
      body: 'hello',
      headers: {
        authorization: 'Basic of-the-app',
        forwarded: 'for=6.6.6.6',
        'x-forwarded-host': 'evil.example',
      },
    });
    return await answer.json();
  }, access);
  expect(seen).toMatchObject({ method: 'POST', url: '/echo?path=%2Fa&again', body: 'hello' });
  const headers = new Map(seen.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const { host } = new URL(url);
  expect(headers.get('cookie')).toBe('theme=dark');
  expect(headers.get('authorization')).toBe('Basic of-the-app');
  expect(headers.get('host')).toBe(host);
  // Not sent above: from this machine it would be believed, as a reverse proxy’s.
  expect(headers.get('x-forwarded-for')).toBe('127.0.0.1');
  expect(headers.get('x-forwarded-proto')).toBe('http');
  expect(headers.get('x-forwarded-host')).toBe(host);
  expect(headers.get('x-forwarded-port')).toBe(String(company.server.port));
  // The one thing of ours: the mark by which a request that comes back is known.
  headers.delete('culvert-forwarded-by');
  expect(JSON.stringify([...headers])).not.toMatch(/6\.6\.6\.6|evil|culvert/i);

  // What the app tried to set in place of our cookie changed nothing.
  await page.reload();
  await expectApp(page);
});

test('a WebSocket carries text and bytes both ways', async ({ company, workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await page.goto(await workspace.share(3000, 'private'));
  await expectApp(page);
  const came = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket('/ws');
        socket.binaryType = 'arraybuffer';
        const got: unknown[] = [];
        socket.addEventListener('error', () => reject(new Error('The WebSocket failed.')));
        socket.addEventListener('message', ({ data }) => {
          got.push(data instanceof ArrayBuffer ? data.byteLength : data);
          if (got.length === 1) socket.send('how are you?');
          if (got.length === 2) socket.send(new Uint8Array(3_000_000));
          if (got.length === 3) resolve(got);
        });
      }),
  );
  const greeting = JSON.stringify({ name: 'shop', cookie: '', origin: new URL(page.url()).origin });
  expect(came).toEqual([greeting, 'how are you?', 3_000_000]);
});

test('a stream and server-sent events arrive line by line, while they are being written', async ({
  company,
  workspace,
  pageOf,
}) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await page.goto(await workspace.share(3000, 'private'));
  await expectApp(page);
  const parts = await page.evaluate(async () => {
    const body = (await fetch('/stream')).body?.pipeThrough(new TextDecoderStream());
    const reader = body?.getReader();
    const read: string[] = [];
    while (reader && read.length < 5) read.push((await reader.read()).value ?? '');
    await reader?.cancel();
    return read;
  });
  // In one piece at the end, or in blocks, they wouldn’t come one by one.
  expect(parts).toEqual([0, 1, 2, 3, 4].map((n) => `line ${n} of shop\n`));
  const events = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const source = new EventSource('/events');
        const got: unknown[] = [];
        source.addEventListener('message', ({ data }) => {
          got.push(data);
          if (got.length < 3) return;
          source.close();
          resolve(got);
        });
      }),
  );
  expect(events).toEqual([0, 1, 2].map((n) => `event ${n} of shop`));
});

test('32 MiB go up and come down unchanged', async ({ company, workspace, pageOf }) => {
  await workspace.app({ port: 3000 });
  const page = await pageOf(company.people.owner);
  await page.goto(await workspace.share(3000, 'private'));
  await expectApp(page);
  const seen = await page.evaluate(async (size) => {
    const down = await (await fetch(`/download?bytes=${size}`)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', down));
    const up = await (await fetch('/upload', { method: 'POST', body: down })).json();
    return { down: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''), up };
  }, LARGE);
  const sha256 = largeSha256();
  expect(seen).toEqual({ down: sha256, up: { bytes: LARGE, sha256 } });
});

test('HEAD, ranges and trailers reach a script as the app sent them', async ({ workspace }) => {
  await workspace.app({ port: 3000 });
  const url = await workspace.share(3000, 'public');
  const head = await curl(`${url}/`, '--head');
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const part = await curl(`${url}/download?bytes=1000`, '--range', '251-255');
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 251-255/1000');
  expect(Buffer.from(part.body)).toEqual(Buffer.from([0, 1, 2, 3, 4]));
  const whole = await curl(`${url}/download?bytes=100`);
  expect(whole.headers.get('x-sha256')).toBe(
    createHash('sha256').update(Buffer.from(whole.body)).digest('hex'),
  );
});
