import { z } from 'zod';
import { Instant, PageQuery, Ref } from './lists.ts';
import { displayName } from './team.ts';
import { visibilities } from './visibility.ts';

export const Visibility = z.enum(visibilities).meta({
  id: 'Visibility',
  description: 'private: the workspace’s owner · organization: members of the team · public: anyone.',
});

export const PortProtocol = z.enum(['http', 'https']).meta({
  id: 'PortProtocol',
  description: 'What is spoken inside the workspace. Certificates aren’t checked there.',
});
export type PortProtocol = z.infer<typeof PortProtocol>;

export const portNumber = z
  .int('Enter a port number from 1 to 65535.')
  .min(1, 'Enter a port number from 1 to 65535.')
  .max(65_535, 'Enter a port number from 1 to 65535.');

/** A name for people. Null: the one of devcontainer.json, or none. */
export const portLabel = displayName.max(60, 'Use at most 60 characters.').nullable();

/** Ports of one workspace that are forwarded. Far above what anybody uses, and small enough for one answer. */
export const WORKSPACE_PORTS_MAX = 100;

/** A share that ended by itself, until its owner dismisses it or shares the port again. */
export const PortNotice = z
  .object({
    from: Visibility.meta({ description: 'What it was.' }),
    reason: z.enum(['restarted', 'added-again', 'https', 'policy']).meta({
      description:
        'restarted: the workspace restarted · added-again: forwarding was stopped and started again · ' +
        'https: its protocol became https · policy: the team no longer allows that visibility.',
    }),
    at: Instant,
  })
  .meta({ id: 'PortNotice' });
export type PortNotice = z.infer<typeof PortNotice>;

export const Port = z
  .object({
    port: z.int(),
    label: z.string().nullable(),
    protocol: PortProtocol,
    visibility: Visibility,
    forwarded: z.boolean().meta({ description: 'False for a port that listens and isn’t forwarded.' }),
    url: z.string().nullable().meta({ description: 'Where it is reached; null while not forwarded.' }),
    origin: z.enum(['auto', 'manual', 'devcontainer']),
    status: z.enum(['listening', 'not-listening', 'replica-offline', 'no-replica']).meta({
      description: 'replica-offline: none of the workspace’s replicas is connected.',
    }),
    process: z.string().nullable().meta({ description: 'The program that listens, where it can be seen.' }),
    replicas: z
      .array(Ref)
      .meta({ description: 'Connected replicas in which it listens. Viewers stick to one of them.' }),
    ignored: z.string().nullable().meta({
      description: 'Why it is on the ignore list (“SSH”, “Database”); null where it isn’t, or is forwarded.',
    }),
    sharedBy: Ref.nullable(),
    sharedAt: Instant.nullable().meta({
      description: 'Since when it has this visibility; null while private.',
    }),
    notice: PortNotice.nullable(),
    revision: z.int().meta({ description: 'For If-Match; 0 for a port that was never forwarded.' }),
  })
  .meta({ id: 'Port' });
export type Port = z.infer<typeof Port>;

export const PortList = z
  .object({
    items: z.array(Port).meta({ description: 'By number. Of other members’ workspaces: what is shared.' }),
    complete: z.boolean().meta({
      description: 'False where the viewer sees only what is shared with them.',
    }),
    declarationProblem: z.string().nullable().meta({
      description:
        'Why .devcontainer/devcontainer.json could not be read; null where it could, or there is none.',
    }),
  })
  .meta({ id: 'PortList' });
export type PortList = z.infer<typeof PortList>;

/** The body of PUT: forwards the port, privately. What is left out stays as it was, or as devcontainer.json says. */
export const PortForward = z
  .object({ label: portLabel.optional(), protocol: PortProtocol.optional() })
  .meta({ id: 'PortForward' });
export type PortForward = z.infer<typeof PortForward>;

export const PortChange = z
  .object({
    label: portLabel.optional(),
    protocol: PortProtocol.optional(),
    visibility: Visibility.optional(),
  })
  .meta({ id: 'PortChange' });
export type PortChange = z.infer<typeof PortChange>;

/** A port that more than its owner can reach. */
export const SharedPort = z
  .object({
    workspace: Ref,
    owner: Ref,
    port: z.int(),
    label: z.string().nullable(),
    protocol: PortProtocol,
    visibility: Visibility,
    url: z.string(),
    status: Port.shape.status,
    sharedBy: Ref.nullable(),
    sharedAt: Instant,
    revision: z.int(),
  })
  .meta({ id: 'SharedPort' });
export type SharedPort = z.infer<typeof SharedPort>;

/** `exposure`: public before organization, then the newest share first. */
export const SharedPortQuery = PageQuery.extend({
  sort: z.enum(['exposure', 'workspace', '-workspace', 'shared', '-shared']).default('exposure'),
  visibility: z.enum(['organization', 'public']).optional(),
});
export type SharedPortQuery = z.infer<typeof SharedPortQuery>;

/** A notice together with its port, for the lists of all that concern the viewer’s own workspaces. */
export const OwnPortNotice = z
  .object({
    workspace: Ref,
    port: z.int(),
    label: z.string().nullable(),
    revision: z.int(),
    notice: PortNotice,
  })
  .meta({ id: 'OwnPortNotice' });
export type OwnPortNotice = z.infer<typeof OwnPortNotice>;
