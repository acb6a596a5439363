import { describe, expect, test } from 'vitest';
import { parseFaults } from './faults.ts';
import { networkErrorMark, withFaults } from './faultyFetch.ts';

const ask = (path: string, method = 'GET') => new Request(`http://localhost${path}`, { method });

function faulty(faults: { text: string }) {
  const waits: number[] = [];
  const fetch = withFaults(async () => new Response('from the app'), {
    current: () => faults.text,
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  return { fetch, waits };
}

describe('faults', () => {
  test('leave everything alone when there are none', async () => {
    const { fetch } = faulty({ text: '' });
    expect(await (await fetch(ask('/api/v1/session'))).text()).toBe('from the app');
  });

  test.each([
    ['status=503&match=/vpns', ask('/api/v1/teams/t/vpns'), 503],
    ['status=503&match=/vpns', ask('/api/v1/teams/t/members'), 200],
    ['status=503&match=/vpns/*/tunnels', ask('/api/v1/teams/t/vpns/vpn_1/tunnels'), 503],
    ['status=503&match=/vpns/*/tunnels', ask('/api/v1/teams/t/vpns/vpn_1'), 200],
    ['status=503&method=post', ask('/api/v1/session'), 200],
    ['status=503&method=post', ask('/api/v1/session', 'POST'), 503],
    ['status=500&match=/members,status=429&match=/vpns', ask('/api/v1/teams/t/vpns'), 429],
  ])('%s', async (text, request, status) => {
    const { fetch } = faulty({ text });
    expect((await fetch(request)).status).toBe(status);
  });

  test('answer with a problem document', async () => {
    const response = await faulty({ text: 'status=503' }).fetch(ask('/api/v1/session'));
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 503, title: 'The server is not available' });
  });

  test('come as often as they say', async () => {
    const { fetch } = faulty({ text: 'status=503&times=2' });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await fetch(ask('/api/v1/session'))).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test('delay the app’s own answer', async () => {
    const { fetch, waits } = faulty({ text: 'delay=200' });
    expect(await (await fetch(ask('/x'))).text()).toBe('from the app');
    expect(waits).toEqual([200]);
  });

  test('mark a broken connection for the host', async () => {
    const response = await faulty({ text: 'net=1' }).fetch(ask('/x'));
    expect(response.headers.has(networkErrorMark)).toBe(true);
  });

  test('hold an answer back until they change', async () => {
    const faults = { text: 'hold=1' };
    const { fetch } = faulty(faults);
    const order: string[] = [];
    const held = fetch(ask('/x')).then(() => order.push('answered'));
    await Promise.resolve();
    order.push('released');
    faults.text = '';
    fetch.changed();
    await held;
    expect(order).toEqual(['released', 'answered']);
  });

  test('keep the answer back after the app has acted', async () => {
    const faults = { text: 'keep=1' };
    const order: string[] = [];
    const fetch = withFaults(
      async () => {
        order.push('acted');
        return new Response();
      },
      { current: () => faults.text, wait: async () => undefined },
    );
    const kept = fetch(ask('/x')).then(() => order.push('answered'));
    await new Promise(setImmediate);
    order.push('released');
    fetch.changed();
    await kept;
    expect(order).toEqual(['acted', 'released', 'answered']);
  });

  test.each(['stauts=503', 'delay=soon', 'status=-1'])('refuse %s', (text) => {
    expect(() => parseFaults(text)).toThrow(text);
  });
});
