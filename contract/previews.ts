import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';
import { changeName } from './pipelines/pipelines.ts';
import { nameUpTo } from './team.ts';
import { Tunnel } from './tunnels.ts';

/** How long a preview stays when nobody takes it down or comes again. Seconds. */
export const PREVIEW_TTL = { min: 600, usual: 3 * 86_400, max: 30 * 86_400 } as const;

export const Preview = z
  .object({
    id: z.string(),
    repository: z.string(),
    change: z.string(),
    state: z.enum(['here', 'removed']),
    workspace: Ref.nullable().meta({ description: 'null once it is removed.' }),
    vpn: Ref.nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    removedAt: Instant.nullable(),
    removedReason: z.enum(['down', 'expired', 'deleted']).nullable(),
    replicas: z.object({ total: z.int(), online: z.int() }),
    tunnels: z
      .array(Tunnel)
      .meta({ description: 'Of each replica to the preview’s VPN, with its diagnosis.' }),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;

const repositoryName = nameUpTo(200);

/**
 * Makes the preview of a change, or finds it. `repository`: for API tokens alone; a pipeline’s is that of its token.
 * `runningForSeconds`: how long ago the run began that asks, so that a preview which was taken down since stays down.
 */
export const PreviewUp = z
  .object({
    vpn: z.string().trim().min(1, 'Name a VPN.').max(200).meta({ description: 'Name or id.' }),
    change: changeName,
    repository: repositoryName.nullable().default(null),
    ttlSeconds: z
      .int()
      .min(PREVIEW_TTL.min, 'Use at least 10 minutes.')
      .max(PREVIEW_TTL.max, 'Use at most 30 days.')
      .default(PREVIEW_TTL.usual),
    runningForSeconds: z.number().min(0).max(86_400).default(0),
    ephemeral: z
      .boolean()
      .default(false)
      .meta({ description: 'The replica that joins is the job itself, and is removed soon after it went.' }),
  })
  .meta({ id: 'PreviewUp' });
export type PreviewUp = z.infer<typeof PreviewUp>;

export const PreviewIsUp = z
  .object({
    preview: Preview,
    created: z.boolean().meta({ description: 'false: it was there already.' }),
    run: z.string().meta({ description: 'The id of the run, whose end is to be said.' }),
    joinToken: z.string(),
    joinCommand: z.string(),
  })
  .meta({ id: 'PreviewIsUp' });
export type PreviewIsUp = z.infer<typeof PreviewIsUp>;

/**
 * By what it is of, also where there is none: the mark keeps a run that is on its way from making one. Or by its id, where several
 * are of the same.
 */
export const PreviewDown = z
  .object({
    preview: z
      .string()
      .max(100)
      .nullable()
      .default(null)
      .meta({ description: 'Its id, in place of the change and the repository.' }),
    change: changeName.nullable().default(null),
    repository: repositoryName.nullable().default(null),
  })
  .refine(({ preview, change }) => preview !== null || change !== null, {
    path: ['change'],
    message: 'Say what the preview is of, or its id.',
  })
  .meta({ id: 'PreviewDown' });

export const PreviewRunEnd = z
  .object({
    result: z.enum(['succeeded', 'failed']),
    code: z.string().max(64).nullable().default(null),
    message: z.string().max(500).default(''),
  })
  .meta({ id: 'PreviewRunEnd' });

/** An address that has to answer through the tunnels of a preview: a ping without a port, a TCP connection with one. */
export const PreviewCheck = z
  .object({ address: z.string().max(200), port: z.int().min(1).max(65_535).nullable().default(null) })
  .meta({ id: 'PreviewCheck' });
export const PreviewChecked = z
  .object({
    answered: z.boolean(),
    results: z.array(
      z.object({
        replica: z.string(),
        answered: z.boolean(),
        message: z.string(),
        roundTripMs: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'PreviewChecked' });
export type PreviewChecked = z.infer<typeof PreviewChecked>;

export const PreviewQuery = PageQuery.extend({ vpn: z.string().optional() });
