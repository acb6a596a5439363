import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';

/** A secret as it is listed: never its value. */
export const Secret = z
  .object({
    id: z.string(),
    level: z
      .enum(['member', 'team'])
      .meta({ description: 'member: only its owner’s, in their own workspaces.' }),
    name: z.string(),
    delivery: z.enum(['environment', 'file']).meta({
      description: 'file: NAME holds the path of a file with the value.',
    }),
    workspaces: z.array(Ref).nullable().meta({ description: 'null: all that it is for.' }),
    previews: z.boolean().meta({ description: 'Also in workspaces of pipelines. Team secrets only.' }),
    createdAt: Instant,
    updatedAt: Instant,
    updatedBy: Ref.nullable(),
    revision: z.int(),
  })
  .meta({ id: 'Secret' });
export type Secret = z.infer<typeof Secret>;

const name = z.string().max(300);
const value = z.string().max(100_000);
const delivery = z.enum(['environment', 'file']);
const workspaces = z.array(z.string()).max(1000).nullable();

/** What else is asked of a name and a value is in contract/secrets.ts. */
export const SecretCreate = z
  .object({
    level: z.enum(['member', 'team']),
    name,
    value,
    delivery: delivery.default('environment'),
    workspaces: workspaces.default(null),
    previews: z.boolean().default(false),
  })
  .meta({ id: 'SecretCreate' });
export type SecretCreate = z.infer<typeof SecretCreate>;

/** What is left out stays. A value can be replaced, never read. */
export const SecretChange = z
  .object({ value, delivery, workspaces, previews: z.boolean() })
  .partial()
  .meta({ id: 'SecretChange' });
export type SecretChange = z.infer<typeof SecretChange>;

export const SecretQuery = PageQuery.extend({ level: z.enum(['member', 'team']) });

/** The names that a workspace’s replicas get at their next start, and which replicas run with others. */
export const WorkspaceSecrets = z
  .object({
    items: z.array(z.object({ name: z.string(), level: z.enum(['member', 'team']), delivery })),
    replicas: z.array(
      z.object({
        replica: Ref,
        online: z.boolean(),
        receivedAt: Instant.nullable().meta({ description: 'null: it has none.' }),
        state: z.enum(['current', 'older', 'none']).meta({ description: 'older: changed since it started.' }),
        ownSecrets: z.boolean().meta({
          description:
            'false: it joined by a command that the workspace’s owner didn’t make, so it is given none of theirs.',
        }),
      }),
    ),
  })
  .meta({ id: 'WorkspaceSecrets' });
export type WorkspaceSecrets = z.infer<typeof WorkspaceSecrets>;

/** What an agent is given: values and all. */
export const DeliveredSecrets = z.object({
  version: z.string(),
  items: z.array(z.object({ name: z.string(), value: z.string(), delivery })),
});
export type DeliveredSecrets = z.infer<typeof DeliveredSecrets>;
