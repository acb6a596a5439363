import { z } from 'zod';
import { Instant, Ref } from './lists.ts';

/** How long a tunnel's events and traffic are kept, and how many of them. */
export const TIMELINE = { hours: 24, events: 100, sampleMinutes: 15, samples: 96 } as const;

/**
 * up · down · rekeyed: new keys, without an interruption · diagnosed: something else is wrong than before · changed: other settings
 * were applied · went-back: they didn't come up in time, and the old ones are applied again · offline, online: the replica's
 * connection to the server.
 */
export const tunnelEventKinds = [
  'up',
  'down',
  'rekeyed',
  'diagnosed',
  'changed',
  'went-back',
  'offline',
  'online',
] as const;
export type TunnelEventKind = (typeof tunnelEventKinds)[number];

export const TunnelEvent = z
  .object({
    at: Instant,
    kind: z.enum(tunnelEventKinds).meta({ id: 'TunnelEventKind' }),
    code: z.string().nullable().meta({ description: 'The diagnosis, with diagnosed and went-back.' }),
    text: z.string().meta({ description: 'A few words: “Up with 10.200.0.3”.' }),
  })
  .meta({ id: 'TunnelEvent' });
export type TunnelEvent = z.infer<typeof TunnelEvent>;

export const TunnelTimeline = z
  .object({
    tunnel: z.string(),
    vpn: Ref,
    workspace: Ref,
    replica: Ref,
    events: z.array(TunnelEvent).meta({ description: 'Newest first, of the last day.' }),
    traffic: z.object({
      from: Instant.meta({ description: 'When the first sample begins.' }),
      sampleSeconds: z.int(),
      samples: z
        .array(z.object({ bytesIn: z.number(), bytesOut: z.number() }).nullable())
        .meta({ description: 'Oldest first; null where the tunnel wasn’t reported.' }),
    }),
  })
  .meta({ id: 'TunnelTimeline' });
export type TunnelTimeline = z.infer<typeof TunnelTimeline>;
