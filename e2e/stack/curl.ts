import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lab/namespaces.ts';

export type Answer = { status: number; headers: Map<string, string>; body: string };

/**
 * A request as a script makes it. The headers of the answer are those of its last part, trailers included, by their
 * names in lower case.
 */
export async function curl(url: string, ...options: string[]): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'culvert-curl-'));
  const dumped = join(folder, 'headers');
  const { code, stdout, stderr } = await run(['curl', '-sS', '-D', dumped, ...options, url]);
  if (code !== 0) throw new Error(`curl ${options.join(' ')} ${url}: ${code} ${stderr}`);
  const head = await readFile(dumped, 'utf8');
  await rm(folder, { recursive: true });
  const [statusLine = '', ...lines] = head.trim().split(/\r?\n/);
  const headers = lines.flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at === -1 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
  });
  return { status: Number(statusLine.split(' ')[1]), headers: new Map(headers), body: stdout };
}
