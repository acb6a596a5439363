import { z } from 'zod';
import { gatewayKinds } from './gatewayConfig/document.ts';
import { GatewayDocumentSchema } from './gatewayConfig/documentSchema.ts';
import { Instant, Ref } from './lists.ts';
import { VpnSettings } from './vpns.ts';

export const GatewayKindName = z.enum(gatewayKinds).meta({ id: 'GatewayKind' });

/** What the gateway has to be set to for a VPN as it is stored, without the pre-shared key. */
export const GatewayConfig = z
  .object({
    document: GatewayDocumentSchema,
    revision: z.int().meta({ description: 'The VPN’s revision that it was written from.' }),
  })
  .meta({ id: 'GatewayConfig' });
export type GatewayConfig = z.infer<typeof GatewayConfig>;

export const GATEWAY_LINK_DAYS = { min: 1, max: 30, usual: 7 } as const;

const pool = z.string().max(64).nullable().meta({
  description: 'Where the gateway takes virtual IPs from, as CIDR; null: a usual one.',
});

export const GatewayLinkCreate = z
  .object({
    kind: GatewayKindName,
    pool: pool.default(null),
    days: z
      .int({ error: 'Enter a number of days.' })
      .min(GATEWAY_LINK_DAYS.min, 'Use at least one day.')
      .max(GATEWAY_LINK_DAYS.max, 'Use at most 30 days.')
      .default(GATEWAY_LINK_DAYS.usual),
  })
  .meta({ id: 'GatewayLinkCreate' });
export type GatewayLinkCreate = z.input<typeof GatewayLinkCreate>;

/** A read-only page for the network admin, who has no account. It shows the VPN as it is when it is opened, never the pre-shared key. */
export const GatewayLink = z
  .object({
    id: z.string(),
    kind: GatewayKindName,
    pool,
    createdAt: Instant,
    createdBy: Ref.nullable(),
    expiresAt: Instant,
    lastUsedAt: Instant.nullable().meta({ description: 'When it was last opened, to the minute.' }),
  })
  .meta({ id: 'GatewayLink' });
export type GatewayLink = z.infer<typeof GatewayLink>;

/** `url` is there once, in the answer that makes the link. */
export const NewGatewayLink = GatewayLink.extend({ url: z.string() }).meta({ id: 'NewGatewayLink' });
export type NewGatewayLink = z.infer<typeof NewGatewayLink>;

/** What whoever opens the link gets: enough to render the configuration of any kind of gateway. */
export const SharedGatewayConfig = z
  .object({
    team: z.string(),
    kind: GatewayKindName,
    pool,
    settings: VpnSettings,
    updatedAt: Instant.meta({ description: 'When the VPN was last changed.' }),
    expiresAt: Instant,
  })
  .meta({ id: 'SharedGatewayConfig' });
export type SharedGatewayConfig = z.infer<typeof SharedGatewayConfig>;
