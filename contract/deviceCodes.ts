import { z } from 'zod';
import { Instant, Ref } from './lists.ts';
import { displayName } from './team.ts';

/** Sign-in of the command line by a code that somebody allows in a browser: RFC 8628. */
export const DEVICE_CODE = { lifetimeSeconds: 900, intervalSeconds: 5 } as const;

export const DeviceCodeCreate = z
  .object({
    clientName: displayName.meta({
      description: 'What its token will be called: culvert on ada-laptop.',
    }),
  })
  .meta({ id: 'DeviceCodeCreate' });

export const DeviceCodeCreated = z
  .object({
    deviceCode: z.string(),
    userCode: z.string().meta({ description: 'As people read it: BCDF-GHJK.' }),
    verificationUri: z.string(),
    verificationUriComplete: z.string(),
    expiresIn: z.int(),
    interval: z.int(),
  })
  .meta({ id: 'DeviceCodeCreated' });
export type DeviceCodeCreated = z.infer<typeof DeviceCodeCreated>;

/** What is asked for, shown to somebody who is signed in before they decide. */
export const DeviceRequest = z
  .object({
    userCode: z.string(),
    clientName: z.string(),
    clientAddress: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: 'DeviceRequest' });
export type DeviceRequest = z.infer<typeof DeviceRequest>;

export const DeviceDecision = z
  .discriminatedUnion('decision', [
    z.object({ decision: z.literal('allow'), team: z.string() }),
    z.object({ decision: z.literal('deny') }),
  ])
  .meta({ id: 'DeviceDecision' });
export type DeviceDecision = z.infer<typeof DeviceDecision>;

export const DeviceTokenCreate = z
  .object({ deviceCode: z.string().max(200) })
  .meta({ id: 'DeviceTokenCreate' });

/** 400 with `authorization_pending`, `slow_down`, `access_denied` or `expired_token` until it is allowed. */
export const DeviceTokenCreated = z
  .object({ token: z.string(), expiresAt: Instant, team: Ref, user: Ref })
  .meta({ id: 'DeviceTokenCreated' });
export type DeviceTokenCreated = z.infer<typeof DeviceTokenCreated>;
