import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';

/** Where a request goes: a port of this machine, under this host name. */
export type Target = { port: number; host: string };

const PARALLEL = 50;
const CHUNK = Buffer.alloc(64 * 1024, 'culvert');
const MIB = 1024 * 1024;

/** Requests a second, each for a short text, over 50 connections that are kept. */
export async function requestsPerSecond(target: Target, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const ask = async () => {
    while (performance.now() < end) {
      await read(await answerTo(start(target, '/', { agent })));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, ask));
  agent.destroy();
  return done / seconds;
}

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
  const answered = once(sending, 'response');
  for (let left = mebibytes * MIB; left > 0; left -= CHUNK.length) {
    if (!sending.write(CHUNK)) await once(sending, 'drain');
  }
  sending.end();
  const [answer] = await answered;
  await read(answer);
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

type Options = { agent?: Agent; method?: string; length?: number };

function start(
  { port, host }: Target,
  path: string,
  { agent, method = 'GET', length }: Options = {},
): ClientRequest {
  const sending = request({
    host: '127.0.0.1',
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
  const [answer] = await once(sending, 'response');
  return answer;
}

/** Reads an answer to its end; resolves with its bytes. */
async function read(answer: IncomingMessage): Promise<number> {
  if ((answer.statusCode ?? 500) >= 300) throw new Error(`A request was answered with ${answer.statusCode}.`);
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(answer, 'end');
  return bytes;
}

function expectBytes(bytes: number, expected: number): void {
  if (bytes !== expected) throw new Error(`${bytes} bytes came instead of ${expected}.`);
}
