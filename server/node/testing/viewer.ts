import { once } from 'node:events';
import { request as send, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { HOST } from './portsHost.ts';

export type Answer = {
  status: number;
  message: string;
  rawHeaders: string[];
  header(name: string): string | undefined;
  text: string;
  rawTrailers: string[];
};

/** A request to the forwarded port: by its address, since names below localhost resolve in browsers alone. */
export function ask(port: number, options: RequestOptions = {}): ClientRequest {
  const headers = Array.isArray(options.headers) ? options.headers : { host: HOST, ...options.headers };
  const request = send({ host: '127.0.0.1', port, ...options, headers });
  // What breaks off after the answer has begun shows in the answer.
  request.on('error', () => undefined);
  return request;
}

export async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [answer] = await once(request, 'response');
  return answer;
}

/** The whole answer to a request with this body. */
export async function get(port: number, options: RequestOptions = {}, body?: string): Promise<Answer> {
  const request = ask(port, options);
  request.end(body);
  return await complete(await answerTo(request));
}

export async function complete(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = await answer.toArray();
  return {
    status: answer.statusCode ?? 0,
    message: answer.statusMessage ?? '',
    rawHeaders: answer.rawHeaders,
    header: (name) => {
      const value = answer.headers[name];
      return Array.isArray(value) ? value.join('\n') : value;
    },
    text: Buffer.concat(chunks).toString(),
    rawTrailers: answer.rawTrailers,
  };
}
