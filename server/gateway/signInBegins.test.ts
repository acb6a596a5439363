import { beforeEach, describe, expect, test } from 'vitest';
import { answerOf, createPortWorld, type PortWorld, type TestPort } from './testing/portWorld.ts';
import type { Ask } from './testing/requests.ts';

let world: PortWorld;
let port: TestPort;

beforeEach(async () => {
  world = await createPortWorld();
  port = await world.addPort();
});

const metadata = (mode: string, dest: string) => ({
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
  'sec-fetch-site': 'same-site',
});

describe.each(['/private', '/.culvert/sign-in?to=/private'])('at %s', (target) => {
  test('a sign-in begins where somebody opens a page', async () => {
    const ask: Ask = { target, headers: metadata('navigate', 'document') };
    const answer = answerOf(await world.admit(port, ask));
    expect(answer.status).toBe(303);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });

  test.each([
    ['a frame', metadata('navigate', 'iframe')],
    ['an embedded object', metadata('navigate', 'object')],
    ['a picture', metadata('no-cors', 'image')],
    ['a script', { ...metadata('cors', 'empty'), origin: 'http://other.localhost:8080' }],
  ])('%s of a neighbour begins none, and so leaves no cookie', async (_, headers) => {
    const answer = answerOf(await world.admit(port, { target, headers }));
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
