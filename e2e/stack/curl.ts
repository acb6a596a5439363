import { run } from '../lab/namespaces.ts';

export type Answer = { status: number; headers: Map<string, string>; body: string };

/**
 * A request as a script makes it. The headers of the answer are those of its last part, trailers included, by their
 * names in lower case.
 */
export async function curl(url: string, ...options: string[]): Promise<Answer> {
  const { code, stdout, stderr } = await run(['curl', '-sS', '-D', '/dev/stderr', ...options, url]);
  if (code !== 0) throw new Error(`curl ${options.join(' ')} ${url}: ${stderr}`);
  const [statusLine = '', ...lines] = stderr.trim().split(/\r?\n/);
  const headers = lines.flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at === -1 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
  });
  return { status: Number(statusLine.split(' ')[1]), headers: new Map(headers), body: stdout };
}
