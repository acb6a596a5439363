import type { RuleValues } from './values.ts';

/** A filled-in rule for one repository at GitHub, with one VPN. */
export const filledRule: RuleValues = {
  provider: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  issuerUrl: '',
  scope: 'repository',
  repository: 'octo/app',
  repositoryId: '',
  owner: '',
  ownerId: '',
  vpnScope: 'selected',
  vpns: ['vpn_1'],
  events: [],
  refs: [],
  environments: [],
  protectedOnly: false,
  outside: false,
};
