import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';
import { parsePeerId } from './peerIds.ts';
import { parsePeerAddress } from './peers.ts';
import { checkPreSharedKey } from './preSharedKey.ts';
import { parseProposal, type Phase } from './proposals.ts';
import type { Refusal, Result } from './result.ts';
import { checkPeerSubnets } from './peerSubnets.ts';
import { RolloutOptions, RolloutSummary } from './rollouts.ts';
import { TunnelSummary } from './tunnels.ts';
import { DPD_DELAY, LIFETIME, PROPOSALS_MAX } from './vpnLimits.ts';
import { checkVpnName } from './vpnName.ts';

/** These lie in files of their own for those who load nothing of zod. */
export { vpnDefaults } from './vpnDefaults.ts';
export { DPD_DELAY, LIFETIME, PROPOSALS_MAX };

export const IkeVersion = z.union([z.literal(1), z.literal(2)]);
export type IkeVersion = z.infer<typeof IkeVersion>;

const lifetimeSeconds = z
  .int({ error: 'Enter a whole number of seconds.' })
  .min(LIFETIME.min, 'Use at least 5 minutes.')
  .max(LIFETIME.max, 'Use at most 24 hours.');

/**
 * Everything of a VPN that an admin chooses, apart from the pre-shared key. Lists are in order of preference.
 * `peerId` null means the peer IP. Fields are checked by the same functions that the form uses.
 */
const settingsShape = {
  name: z.string(),
  ike: z.object({ version: IkeVersion, lifetimeSeconds, proposals: z.array(z.string()) }),
  esp: z.object({ lifetimeSeconds, proposals: z.array(z.string()) }),
  peerIp: z.string(),
  peerId: z.string().nullable(),
  peerSubnets: z.array(z.string()),
  udpEncapsulation: z.boolean(),
  dpdDelaySeconds: z
    .int({ error: 'Enter a whole number of seconds.' })
    .min(DPD_DELAY.min, 'Use at least 5 seconds.')
    .max(DPD_DELAY.max, 'Use at most one hour.'),
};

export const VpnSettings = z.object(settingsShape).meta({ id: 'VpnSettings' });
export type VpnSettings = z.infer<typeof VpnSettings>;

export const VpnCreate = z.object({ ...settingsShape, preSharedKey: z.string() }).meta({ id: 'VpnCreate' });
export type VpnCreate = z.infer<typeof VpnCreate>;

/** A left-out field stays as it is; lists and the `ike` and `esp` objects are replaced whole. */
export const VpnChange = VpnCreate.partial()
  .extend({
    rollout: RolloutOptions.optional().meta({
      description:
        'How the change reaches the replicas. Left out: one by one, each with the old settings to go back to.',
    }),
  })
  .meta({ id: 'VpnChange' });
export type VpnChange = z.input<typeof VpnChange>;

export const Vpn = z
  .object({
    id: z.string(),
    ...settingsShape,
    revision: z
      .int()
      .meta({ description: 'Grows with every change; the ETag, and what a tunnel says it applied.' }),
    createdAt: Instant,
    createdBy: Ref.nullable(),
    updatedAt: Instant,
    updatedBy: Ref.nullable(),
    preSharedKeyChangedAt: Instant,
    workspaces: z.int().meta({ description: 'Connected workspaces.' }),
    replicas: z.int().meta({ description: 'Replicas of the connected workspaces, online or not.' }),
    tunnels: TunnelSummary,
    rollout: RolloutSummary.nullable().meta({
      description: 'The change that is on its way to its replicas; null: none is.',
    }),
  })
  .meta({ id: 'Vpn' });
export type Vpn = z.infer<typeof Vpn>;

/**
 * Of a VPN's tunnels: failed: one at least has failed, or can't be · warning: one is up with a warning · offline: a replica is
 * away · connecting: some aren't up yet · up: all are · none: it has no tunnels. The first that is true holds.
 */
export const vpnStates = ['failed', 'warning', 'offline', 'connecting', 'up', 'none'] as const;
export type VpnState = (typeof vpnStates)[number];

export const VpnListQuery = PageQuery.extend({
  sort: z.enum(['name', '-name', 'changed', '-changed', 'peerIp', '-peerIp']).default('name'),
  state: z.enum(vpnStates).optional(),
});
export type VpnListQuery = z.infer<typeof VpnListQuery>;

/** The new VPN gets everything of the other, the pre-shared key too. */
export const VpnDuplicate = z.object({ name: z.string() }).meta({ id: 'VpnDuplicate' });
export type VpnDuplicate = z.infer<typeof VpnDuplicate>;

export type FieldRefusal = Refusal & { path: string };

/**
 * Applies every rule to settings (and the key, when given), and returns what is refused, by field path
 * (`ike.proposals.1`, `peerSubnets.0`, `peerSubnets` for what concerns the whole list). An empty list means: accepted.
 * `canonical` is what to store: subnets and addresses in canonical form.
 */
export function checkVpn(
  settings: VpnSettings & { preSharedKey?: string | undefined },
  context: { allowPrivatePeers: boolean },
): { refusals: FieldRefusal[]; canonical: VpnSettings } {
  const refusals: FieldRefusal[] = [];
  const take = <T>(path: string, result: Result<T>): T | undefined => {
    if (result.ok) return result.value;
    refusals.push({ path, ...result.refusal });
    return undefined;
  };
  const suites = (path: string, phase: Phase, proposals: string[]) => {
    if (proposals.length === 0) {
      refusals.push({ path, code: 'proposals_empty', message: 'Add at least one cipher suite.' });
    } else if (proposals.length > PROPOSALS_MAX) {
      refusals.push({
        path,
        code: 'proposals_too_many',
        message: `Use at most ${PROPOSALS_MAX} cipher suites.`,
      });
      return proposals;
    }
    const canonical = proposals.map(
      (text, index) =>
        take(`${path}.${index}`, parseProposal(text, phase, settings.ike.version))?.keywords ?? text,
    );
    for (const [index, text] of canonical.entries()) {
      if (canonical.indexOf(text) === index || text === '') continue;
      const message = `${text} is listed twice.`;
      refusals.push({ path: `${path}.${index}`, code: 'proposal_duplicate', message, part: text });
    }
    return canonical;
  };

  const name = take('name', checkVpnName(settings.name)) ?? settings.name;
  if (settings.preSharedKey !== undefined) take('preSharedKey', checkPreSharedKey(settings.preSharedKey));
  const ikeProposals = suites('ike.proposals', 'ike', settings.ike.proposals);
  const espProposals = suites('esp.proposals', 'esp', settings.esp.proposals);
  const peerIp = take('peerIp', parsePeerAddress(settings.peerIp, context))?.text;
  const peerId = settings.peerId === null ? null : take('peerId', parsePeerId(settings.peerId));
  const subnets = checkPeerSubnets(settings.peerSubnets, peerIp === undefined ? {} : { peerIp });
  refusals.push(...subnets.refusals);

  return {
    refusals,
    canonical: {
      name,
      ike: { ...settings.ike, proposals: ikeProposals },
      esp: { ...settings.esp, proposals: espProposals },
      peerIp: peerIp ?? settings.peerIp,
      peerId: peerId ?? null,
      peerSubnets: subnets.canonical,
      udpEncapsulation: settings.udpEncapsulation,
      dpdDelaySeconds: settings.dpdDelaySeconds,
    },
  };
}
