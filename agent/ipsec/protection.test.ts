import { expect, test } from 'vitest';
import { Protection } from './protection.ts';

/** Protects the peers that `want` named last; each run goes on when its `finish` is called. */
function begin() {
  let wanted: string[] = [];
  const inForce: { firewall: readonly string[]; local: readonly string[] } = { firewall: [], local: [] };
  const runs: { finish(): void; fail(): void }[] = [];
  const protection = new Protection({
    peers: () => ({ addresses: wanted, subnets: wanted }),
    applyFirewall: async (traffic) => {
      await new Promise<void>((finish, reject) => {
        runs.push({
          finish,
          fail: () => {
            reject(new Error('nft'));
          },
        });
      });
      inForce.firewall = traffic.backend === 'kernel' ? traffic.peers : [];
    },
    keepLocalNetworks: (subnets) => {
      inForce.local = subnets;
      return Promise.resolve();
    },
  });
  const change = (...peers: string[]) => {
    wanted = peers;
  };
  const want = (...peers: string[]) => {
    change(...peers);
    return protection.apply(null);
  };
  return { change, want, inForce, runs };
}

test('what is wanted last is what stays, however slow the run before it', async () => {
  const { want, inForce, runs } = begin();
  let open = true;
  const both = Promise.all([want('1.2.3.4'), want('1.2.3.4', '1.2.3.5')]).finally(() => (open = false));
  while (open) {
    await new Promise((resolve) => setImmediate(resolve));
    // Of those that are at work, the one that began last ends first.
    runs.pop()?.finish();
  }
  await both;
  expect(inForce).toEqual({ firewall: ['1.2.3.4', '1.2.3.5'], local: ['1.2.3.4', '1.2.3.5'] });
});

test('a run that fails says so, and the next goes ahead', async () => {
  const { want, inForce, runs } = begin();
  const first = want('1.2.3.4');
  const second = want('1.2.3.5');
  await expect.poll(() => runs.length).toBe(1);
  runs[0]?.fail();
  await expect(first).rejects.toThrow('nft');
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.finish();
  await second;
  expect(inForce).toEqual({ firewall: ['1.2.3.5'], local: ['1.2.3.5'] });
});

test('what changes during a run is in force when it is over, also if nobody asks again', async () => {
  const { change, want, inForce, runs } = begin();
  const only = want('1.2.3.4');
  await expect.poll(() => runs.length).toBe(1);
  change('1.2.3.5');
  runs[0]?.finish();
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.finish();
  await only;
  expect(inForce).toEqual({ firewall: ['1.2.3.5'], local: ['1.2.3.5'] });
});
