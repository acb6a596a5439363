import { z } from 'zod';
import type { PipelineIdentity } from '../../contract/pipelines/identity.ts';
import { PipelineScope } from '../../contract/pipelines/pipelines.ts';

/** What is kept with a pipeline's token: enough of its identity to ask its rule again at each request. */
export const StoredScope = PipelineScope.extend({
  environment: z.string().nullable(),
  isProtected: z.boolean().nullable(),
  outside: z.enum(['fork', 'event']).nullable(),
});
export type StoredScope = z.infer<typeof StoredScope>;

/** The identity that the token was given for. */
export const identityOf = ({
  sequence: _sequence,
  vpns: _vpns,
  ...identity
}: StoredScope): PipelineIdentity => identity;
