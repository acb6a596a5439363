import { parseFaults, type Fault } from './faults.ts';

export type Handle = (request: Request) => Promise<Response>;

/** A response that stands for a broken connection. Hosts turn it into what that is to them: Response.error(), a closed socket. */
export const networkErrorMark = 'x-mock-network-error';

const problemTitles: Record<number, string> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  429: 'Too many requests',
  500: 'The server failed',
  502: 'Bad gateway',
  503: 'The server is not available',
};

/** Faults that answer before the app, or after a delay. `current` is asked at each request, so that faults can come and go. */
export function withFaults(
  handle: Handle,
  { current, wait }: { current: (request: Request) => string; wait: (ms: number) => Promise<void> },
): Handle & { changed: () => void } {
  const used = new Map<string, number>();
  const held = new Set<() => void>();
  const untilChanged = () => new Promise<void>((resolve) => held.add(resolve));

  const take = (request: Request): Fault | undefined => {
    const { pathname } = new URL(request.url);
    return parseFaults(current(request)).find((fault, index) => {
      if (!fault.match.test(pathname) || (fault.method !== null && fault.method !== request.method))
        return false;
      const key = `${index} ${current(request)}`;
      const times = used.get(key) ?? 0;
      if (times >= fault.times) return false;
      used.set(key, times + 1);
      return true;
    });
  };

  const answer = async (request: Request) => {
    const fault = take(request);
    if (fault === undefined) return await handle(request);
    if (fault.delayMs > 0) await wait(fault.delayMs);
    if (fault.hold) await untilChanged();
    if (fault.answer === null) {
      const answered = await handle(request);
      if (fault.lateMs > 0) await wait(fault.lateMs);
      if (fault.keep) await untilChanged();
      return answered;
    }
    if (fault.answer.kind === 'network-error')
      return new Response(null, { status: 503, headers: { [networkErrorMark]: '1' } });
    return problem(fault.answer.status);
  };

  return Object.assign(answer, {
    /** To be called when faults changed: what a `hold` or `keep` lets wait goes on. */
    changed: () => {
      for (const release of held) release();
      held.clear();
    },
  });
}

function problem(status: number): Response {
  const title = problemTitles[status] ?? 'The request failed';
  const body = { type: 'about:blank', title, status, code: 'mock_fault', requestId: 'req_mock' };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}
