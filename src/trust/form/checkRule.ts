import type { FieldErrors, Resolver } from 'react-hook-form';
import { issuerUrl } from '../../../contract/pipelines/pipelines.ts';
import { ownerOf, type RuleValues } from './values.ts';

type Problems = Partial<Record<keyof RuleValues, string>>;

/** What is wrong with the rule, by field. The server checks it again, and that the issuer answers. */
export function checkRule(values: RuleValues): Problems {
  return { ...checkIssuer(values), ...checkWho(values), ...checkVpns(values) };
}

function checkIssuer({ issuer, issuerUrl: url }: RuleValues): Problems {
  if (issuer !== '') return {};
  if (url.trim() === '') return { issuerUrl: 'Enter the address of the issuer.' };
  const parsed = issuerUrl.safeParse(url);
  return parsed.success ? {} : { issuerUrl: parsed.error.issues[0]?.message ?? 'Enter an address.' };
}

function checkWho({ provider, scope, owner, ownerId, repository, repositoryId }: RuleValues): Problems {
  const problems: Problems = {};
  if (scope === 'owner' && owner.trim() === '') problems.owner = 'Enter the owner’s name.';
  if (scope === 'repository') {
    const whole = ownerOf(repository.trim()) !== '' && !repository.trim().endsWith('/');
    if (repository.trim() === '') problems.repository = 'Enter the repository’s name.';
    else if (!whole) problems.repository = 'Enter it with its owner, such as octo/app.';
  }
  if (provider === 'bitbucket') {
    // Its tokens hold no names: without the ids, nobody would ever come.
    if (ownerId.trim() === '')
      problems.ownerId = 'Enter the workspace’s UUID: Bitbucket’s tokens hold no names.';
    if (scope === 'repository' && repositoryId.trim() === '') {
      problems.repositoryId = 'Enter the repository’s UUID: Bitbucket’s tokens hold no names.';
    }
  }
  return problems;
}

const checkVpns = ({ vpnScope, vpns }: RuleValues): Problems =>
  vpnScope === 'selected' && vpns.length === 0 ? { vpns: 'Choose at least one VPN, or all.' } : {};

/** `checkRule` for React Hook Form. */
export const resolveRule: Resolver<RuleValues> = (values) => {
  const errors: FieldErrors<RuleValues> = {};
  for (const [field, message] of Object.entries(checkRule(values))) {
    Object.assign(errors, { [field]: { type: 'check', message } });
  }
  return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors };
};
