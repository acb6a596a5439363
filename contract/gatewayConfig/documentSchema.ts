import { z } from 'zod';
import { gatewayKinds } from './document.ts';

const Segment = z.object({
  text: z.string(),
  match: z.literal(true).exactOptional().meta({ description: 'Has to be the same on both sides.' }),
  missing: z.literal(true).exactOptional().meta({ description: 'Stands for a value that isn’t known yet.' }),
});

const lines = z
  .array(z.array(Segment))
  .meta({ description: 'Each line as its pieces, quoted for their place already.' });

const Part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), title: z.string(), name: z.string(), lines }),
  z.object({ kind: z.literal('commands'), title: z.string(), name: z.string(), lines }),
  z.object({
    kind: z.literal('steps'),
    title: z.string(),
    steps: z.array(
      z.object({ where: z.string(), fields: z.array(z.object({ field: z.string(), value: Segment })) }),
    ),
  }),
  z.object({
    kind: z.literal('sheet'),
    title: z.string(),
    rows: z.array(z.object({ name: z.string(), values: z.array(Segment), note: z.string().nullable() })),
  }),
]);

/** `GatewayDocument` as the API answers it. */
export const GatewayDocumentSchema = z
  .object({
    kind: z.enum(gatewayKinds),
    proof: z.enum(['loaded', 'template']).meta({
      description: 'loaded: our tests load what is generated into such a gateway. template: not run by us.',
    }),
    unfit: z.string().nullable().meta({
      description: 'Why this gateway can’t take these settings; null: it can. There are no parts then.',
    }),
    notes: z.array(z.string()).meta({ description: 'What the network admin should know, a sentence each.' }),
    parts: z.array(Part),
  })
  .meta({ id: 'GatewayDocument' });
