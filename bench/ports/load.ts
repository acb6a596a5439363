import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';

/** Where requests go. `host`: the name they are for. */
export type Target = { address: string; port: number; host: string };

const CHUNK = Buffer.alloc(64 * 1024, 'culvert');
const MIB = 1024 * 1024;

/** MiB a second of one download. */
export async function download(target: Target, mebibytes: number): Promise<number> {
  const begun = performance.now();
  const answer = await answerTo(start(target, `/download?bytes=${mebibytes * MIB}`));
  expectBytes(await read(answer), mebibytes * MIB);
  return mebibytes / ((performance.now() - begun) / 1000);
}

/** MiB a second of one upload. */
export async function upload(target: Target, mebibytes: number): Promise<number> {
  const begun = performance.now();
  const sending = start(target, '/upload', { method: 'POST', length: mebibytes * MIB });
  const answered = answerTo(sending);
  for (let left = mebibytes * MIB; left > 0; left -= CHUNK.length) {
    if (!sending.write(CHUNK)) await once(sending, 'drain');
  }
  sending.end();
  await read(await answered);
  return mebibytes / ((performance.now() - begun) / 1000);
}

/** Milliseconds from a request to the first byte of its answer, one after the other over one connection. */
export async function firstBytes(target: Target, times: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    const answer = await answerTo(start(target, '/', { agent }));
    taken.push(performance.now() - begun);
    await read(answer);
  }
  agent.destroy();
  return taken;
}

/** Reads a download no faster than this, in MiB a second, and breaks it off after some seconds. */
export async function readSlowly(
  target: Target,
  options: { mebibytesPerSecond: number; seconds: number },
): Promise<void> {
  const everyMs = 50;
  const atOnce = (options.mebibytesPerSecond * MIB * everyMs) / 1000;
  const sending = start(target, `/download?bytes=${1024 * MIB}`);
  const answer = await answerTo(sending);
  const end = performance.now() + options.seconds * 1000;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    for (let left = atOnce; left > 0;) {
      // Without enough in the buffer, read(n) is null and has more fetched.
      const chunk: Buffer | null = answer.read(Math.min(left, answer.readableLength)) ?? answer.read();
      if (chunk === null) break;
      left -= chunk.length;
    }
  }
  answer.on('error', () => undefined);
  sending.destroy();
}

type Options = { agent?: Agent; method?: string; length?: number };

function start(
  { address, port, host }: Target,
  path: string,
  { agent, method = 'GET', length }: Options = {},
): ClientRequest {
  const sending = request({
    host: address,
    port,
    path,
    method,
    headers: { host, ...(length === undefined ? {} : { 'content-length': length }) },
    ...(agent === undefined ? {} : { agent }),
  });
  if (length === undefined) sending.end();
  return sending;
}

async function answerTo(sending: ClientRequest): Promise<IncomingMessage> {
  const [answer]: IncomingMessage[] = await once(sending, 'response');
  if (answer?.statusCode !== 200) throw new Error(`A request was answered with ${answer?.statusCode}.`);
  return answer;
}

/** Reads an answer to its end; resolves with its bytes. */
async function read(answer: IncomingMessage): Promise<number> {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(answer, 'end');
  return bytes;
}

function expectBytes(bytes: number, expected: number): void {
  if (bytes !== expected) throw new Error(`${bytes} bytes came instead of ${expected}.`);
}
