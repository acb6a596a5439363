import { z } from 'zod';
import { AdmittedBy } from './pipelines/pipelines.ts';

/** One refused field. `path` is the field's path in the request body, dots and indexes: `ike.proposals.0`. */
export const FieldProblem = z
  .object({
    path: z.string(),
    code: z.string(),
    message: z.string(),
    suggestion: z
      .string()
      .optional()
      .meta({ description: 'A whole replacement value that would be accepted.' }),
  })
  .meta({ id: 'FieldProblem' });
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457 problem document, the body of every answer that is not a success. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'about:blank, or a URI that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable machine name, e.g. vpn_changed.' }),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(FieldProblem).optional(),
    admittedBy: AdmittedBy.optional().meta({
      description: 'With 403 for a pipeline that isn’t trusted: what a rule has to say to let it in.',
    }),
    current: z
      .unknown()
      .optional()
      .meta({ description: 'With 412: the object as it is now, so that both versions can be shown.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
