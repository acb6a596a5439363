import { expect, test } from 'vitest';
import { issuerName } from './issuers.ts';

test.each([
  ['github', 'https://token.actions.githubusercontent.com', 'github.com'],
  ['github', 'https://ghes.example.com/_services/token', 'ghes.example.com'],
  ['gitlab', 'https://gitlab.com', 'gitlab.com'],
  ['gitlab', 'https://example.com/gitlab', 'example.com/gitlab'],
  [
    'bitbucket',
    'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    'workspace acme',
  ],
  [
    'bitbucket',
    'https://api.bitbucket.org/2.0/workspaces/%E0/pipelines-config/identity/oidc',
    'workspace %E0',
  ],
  ['gitlab', 'no address', 'no address'],
] as const)('the issuer of %s at %s is called %s', (provider, url, name) => {
  expect(issuerName({ provider, url })).toBe(name);
});
