import { diagnoses } from '../../contract/diagnoses.ts';
import { apiTokens } from './apiTokens.ts';
import { empty, member, setup, signedOut } from './accounts.ts';
import { companySignIn, companySignedOut } from './companySignIn.ts';
import { healthy } from './healthy.ts';
import { large } from './large.ts';
import { mixed } from './mixed.ts';
import { pipelines } from './pipelines.ts';
import { endedPorts, forbiddenPorts, manyPorts, noPortsDomain } from './portStates.ts';
import { completed, failed, moveFailed, moving, paused, running, waiting } from './rollouts.ts';
import type { Scenario } from './scenario.ts';
import { secrets } from './secrets.ts';
import { diagnosed, offline, unsupported } from './trouble.ts';

/** `fail-esp_suite_refused` and so on: one for every way a tunnel can go wrong. */
const failures = diagnoses
  .filter((row) => row.code !== 'unsupported')
  .map((row) => [`fail-${row.code}`, diagnosed(row.code)] as const);

/** Every scenario by its name, as `?scenario=` takes it. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ['empty', empty],
  ['setup', setup],
  ['signed-out', signedOut],
  ['healthy', healthy],
  ['mixed', mixed],
  ['member', member],
  ['large', large],
  ['offline', offline],
  ['unsupported', unsupported],
  ['rollout-running', running],
  ['rollout-waiting', waiting],
  ['rollout-paused', paused],
  ['rollout-failed', failed],
  ['rollout-completed', completed],
  ['move-running', moving],
  ['move-failed', moveFailed],
  ['ports-ended', endedPorts],
  ['ports-forbidden', forbiddenPorts],
  ['ports-many', manyPorts],
  ['no-ports-domain', noPortsDomain],
  ['pipelines', pipelines],
  ['company-sign-in', companySignIn],
  ['company-signed-out', companySignedOut],
  ['api-tokens', apiTokens],
  ['secrets', secrets],
  ...failures,
]);

export const defaultScenario = 'mixed';
