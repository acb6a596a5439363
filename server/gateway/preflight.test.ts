import { beforeEach, describe, expect, test } from 'vitest';
import { createNeighbours, type Neighbours } from './testing/neighbours.ts';
import { answerOf } from './testing/portWorld.ts';

let here: Neighbours;
beforeEach(async () => {
  here = await createNeighbours();
});

const preflight = (origin: string, more: Record<string, string> = {}) => ({
  kind: 'fetch' as const,
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type,x-app',
    ...more,
  },
});

describe('a question that browsers ask without cookies', () => {
  test('is answered for pages of other ports, and lets nobody in', async () => {
    const verdict = await here.world.admit(here.port, preflight(here.sibling.origin));
    const { status, headers } = answerOf(verdict);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(here.sibling.origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-methods')).toBe('PUT');
    expect(headers.get('access-control-allow-headers')).toBe('content-type,x-app');
  });

  test('is answered the same where no port is', async () => {
    const there = answerOf(await here.world.admit(here.port, preflight(here.sibling.origin)));
    const nowhere = answerOf(await here.world.admit({ label: 'aaaaaaaaaa' }, preflight(here.sibling.origin)));
    expect([nowhere.status, [...nowhere.headers]]).toEqual([there.status, [...there.headers]]);
  });

  test.each([
    ['another site', 'https://evil.example', {}],
    ['a sandboxed page', 'null', {}],
    ['the dashboard', 'http://localhost:8080', {}],
    ['a method that is none', '', { 'access-control-request-method': 'PUT, DELETE' }],
    ['headers that are none', '', { 'access-control-request-headers': 'a:b' }],
  ])('is refused like any other request for %s', async (_, origin, more) => {
    const verdict = await here.world.admit(here.port, preflight(origin || here.sibling.origin, more));
    expect(answerOf(verdict).status).toBe(401);
  });

  test('goes to the app itself at a public port', async () => {
    const verdict = await here.world.admit(here.stranger, preflight(here.sibling.origin));
    expect(verdict.kind).toBe('forward');
  });
});
