import { z } from 'zod';
import { Instant, Ref } from './lists.ts';

/** Without a port it pings, with a port it opens a TCP connection. */
export const VerificationCreate = z
  .object({
    address: z.string().trim().min(1, 'Enter an address inside the peer subnets.').max(64),
    port: z
      .int({ error: 'Enter a port number.' })
      .min(1, 'Ports go from 1 to 65535.')
      .max(65_535, 'Ports go from 1 to 65535.')
      .nullable()
      .default(null),
  })
  .meta({ id: 'VerificationCreate' });
export type VerificationCreate = z.input<typeof VerificationCreate>;

export const VerificationResult = z
  .object({
    replica: Ref,
    workspace: Ref,
    state: z.enum(['running', 'succeeded', 'failed']),
    code: z
      .string()
      .nullable()
      .meta({ description: 'Why it failed: no_tunnel, timeout, refused, unreachable, offline.' }),
    message: z.string(),
    roundTripMs: z.number().nullable(),
    at: Instant,
  })
  .meta({ id: 'VerificationResult' });
export type VerificationResult = z.infer<typeof VerificationResult>;

export const Verification = z
  .object({
    id: z.string(),
    vpn: Ref,
    address: z.string(),
    port: z.int().nullable(),
    startedAt: Instant,
    startedBy: Ref.nullable(),
    finishedAt: Instant.nullable(),
    results: z.array(VerificationResult),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof Verification>;
