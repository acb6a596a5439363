import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDashboardFiles, type DashboardFiles } from './dashboardFiles.ts';

const page = '<!doctype html><script type="module" src="/assets/index-abc.js"></script>';
const script = 'export const answer = 42;\n'.repeat(100);

let folder: string;
let files: DashboardFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dashboard-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'assets/index-abc.js'), script);
  await writeFile(join(folder, 'assets/font-abc.woff2'), 'font');
  await writeFile(join(folder, 'favicon.svg'), '<svg/>');
  files = await createDashboardFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  files(new Request(`http://localhost${path}`, { method, headers }));

test.each([
  '/',
  '/sign-in',
  '/teams/team_a/vpns/vpn_b/overview',
  '/teams/team_a/vpns/office.v2',
  '/index.html',
])('%s is the page', async (path) => {
  const response = await get(path);
  expect(await response.text()).toBe(page);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('the page may run its own scripts and nothing else, and nobody frames it', async () => {
  const policy = (await get('/')).headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
  );
});

test('files with a hash in their name are kept for good, others asked for again', async () => {
  const asset = await get('/assets/index-abc.js');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const icon = await get('/favicon.svg');
  expect(icon.headers.get('cache-control')).toBe('no-cache');
  const again = await get('/favicon.svg', { 'if-none-match': icon.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
});

test('text is compressed as the browser likes it, a font is not', async () => {
  const br = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(br.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(script);
  const gzip = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' });
  expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(script);
  const font = await get('/assets/font-abc.woff2', { 'accept-encoding': 'br' });
  expect(font.headers.get('content-encoding')).toBeNull();
});

test.each([
  ['/assets/missing-abc.js', 'GET', 404],
  ['/..%2f..%2fetc/passwd.txt', 'GET', 404],
  ['/sign-in', 'POST', 405],
])('%s by %s is %i', async (path, method, status) => {
  expect((await get(path, {}, method)).status).toBe(status);
});

test('HEAD has the headers and no body', async () => {
  const response = await get('/', {}, 'HEAD');
  expect(response.headers.get('content-length')).toBe(String(page.length));
  expect(await response.text()).toBe('');
});

test('where nothing is built, the answer says how to', async () => {
  const none = await createDashboardFiles(join(folder, 'none'));
  const response = await none(new Request('http://localhost/'));
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});
