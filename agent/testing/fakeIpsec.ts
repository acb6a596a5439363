import type { DesiredVpn, SafeChange, TunnelReport } from '../../contract/agentProtocol.ts';
import type { IpsecCapability } from '../../contract/workspaces.ts';
import type { Ipsec, IpsecOptions } from '../ipsec/ipsec.ts';
import { failedAt } from '../ipsec/trial/trialOutcome.ts';

export const capable: IpsecCapability = {
  supported: true,
  backend: 'libipsec',
  strongswanVersion: '5.9.8',
  code: null,
  reason: null,
  fix: null,
};

export type FakeIpsec = {
  create: (options: IpsecOptions) => Ipsec;
  /** What was asked of it, oldest first. */
  asked: (readonly DesiredVpn[] | { retry: string } | { close: { keepTunnels: boolean } })[];
  /** Changes that came with what was applied last. */
  changes: readonly SafeChange[];
  /** What `createIpsec` was given; the test speaks through its callbacks. */
  options(): IpsecOptions;
  /** What `reports()` answers. */
  tunnels: TunnelReport[];
  capability: IpsecCapability;
  virtualIp: string | null;
  /** What was to be tried out, oldest first; it goes on until it is stopped. */
  trials: { vpn: DesiredVpn; signal: AbortSignal }[];
};

/** An IPsec that does nothing and remembers everything; its first probe is done at once. */
export function createFakeIpsec(): FakeIpsec {
  let given: IpsecOptions | null = null;
  const fake: FakeIpsec = {
    asked: [],
    changes: [],
    tunnels: [],
    capability: capable,
    virtualIp: null,
    trials: [],
    options: () => {
      if (!given) throw new Error('createIpsec was not called');
      return given;
    },
    create: (options) => {
      given = options;
      queueMicrotask(() => options.onCapability(fake.capability));
      return {
        capability: () => fake.capability,
        apply: (desired, changes = []) => {
          fake.asked.push(desired);
          fake.changes = changes;
        },
        retry: (vpnId) => void fake.asked.push({ retry: vpnId }),
        reports: () => fake.tunnels,
        tryOut: async (vpn, { signal }) => {
          fake.trials.push({ vpn, signal });
          await new Promise((resolve) => {
            signal.addEventListener('abort', resolve);
          });
          return { ...failedAt(null, null), tookMs: 0 };
        },
        source: () => (fake.virtualIp === null ? null : { virtualIp: fake.virtualIp, interface: 'ipsec0' }),
        close: async (how) => void fake.asked.push({ close: how }),
      };
    },
  };
  return fake;
}

export const exampleReport = (change: Partial<TunnelReport> = {}): TunnelReport => ({
  vpnId: 'vpn_aaaaaaaaaaaaaaaaaaaa',
  state: 'up',
  since: '2026-11-21T08:00:00.000Z',
  attempt: 0,
  nextTryAt: null,
  virtualIp: '10.200.0.1',
  bytesIn: 84,
  bytesOut: 84,
  ikeEstablishedAt: '2026-11-21T08:00:00.000Z',
  ikeSuite: 'AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048',
  espSuite: 'AES_CBC-256/HMAC_SHA2_256_128/MODP_2048',
  remoteSubnets: ['10.250.0.0/24'],
  appliedRevision: 1,
  diagnosis: null,
  ...change,
});
