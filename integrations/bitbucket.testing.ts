import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Step = z.strictObject({
  name: z.string(),
  oidc: z.strictObject({ audiences: z.array(z.string().max(150)).max(10) }),
  'runs-on': z.array(z.string()).optional(),
  script: z.array(z.string()),
  'after-script': z.array(z.string()).optional(),
});

const Pipelines = z.strictObject({
  definitions: z.strictObject({ steps: z.array(z.strictObject({ step: Step })) }),
  pipelines: z.strictObject({
    'pull-requests': z.record(z.string(), z.array(z.strictObject({ step: Step }))),
    custom: z.record(
      z.string(),
      z.array(
        z.union([
          z.strictObject({ variables: z.array(z.strictObject({ name: z.string() })) }),
          z.strictObject({ step: Step }),
        ]),
      ),
    ),
  }),
});

/** The steps as Bitbucket reads them. There is no validator of its files: this is what its documentation says of these parts. */
export function readSteps() {
  const text = readFileSync(new URL('bitbucket/bitbucket-pipelines.yml', import.meta.url), 'utf8');
  const { definitions } = Pipelines.parse(parse(text));
  const [up, down] = definitions.steps.map(({ step }) => step);
  if (!up || !down) throw new Error('There are two steps.');
  return { up, down };
}
