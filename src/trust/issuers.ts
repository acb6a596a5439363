import type { PipelineProvider } from '../../contract/pipelines/identity.ts';

/** Where those issuers are that everybody shares. */
export const presets: Readonly<Record<PipelineProvider, { name: string; url: string } | null>> = {
  github: { name: 'github.com', url: 'https://token.actions.githubusercontent.com' },
  gitlab: { name: 'gitlab.com', url: 'https://gitlab.com' },
  // Each of its workspaces is an issuer of its own.
  bitbucket: null,
};

const bitbucketUrl =
  /^https:\/\/api\.bitbucket\.org\/2\.0\/workspaces\/([^/]+)\/pipelines-config\/identity\/oidc$/;

/** What people call an issuer: `github.com`, `git.example.com`, Bitbucket’s workspace. */
export function issuerName({ provider, url }: { provider: PipelineProvider; url: string }): string {
  const preset = presets[provider];
  if (preset?.url === url) return preset.name;
  const workspace = bitbucketUrl.exec(url)?.[1];
  if (workspace !== undefined) return `workspace ${decoded(workspace)}`;
  const { host = url, pathname = '/' } = URL.parse(url) ?? {};
  // GitHub Enterprise Server answers below a path that says nothing.
  return pathname === '/' || pathname === '/_services/token' ? host : `${host}${pathname}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where the issuer’s address is found, by provider, for those that aren’t shared. */
export const urlHelp: Readonly<Record<PipelineProvider, string>> = {
  github: 'GitHub Enterprise Server: https://<host>/_services/token.',
  gitlab: 'The address of your GitLab, letter for letter as in its own settings.',
  bitbucket:
    'Bitbucket shows it as “Identity provider URL” under Repository settings, OpenID Connect. It has the workspace in it.',
};

export const urlPlaceholder: Readonly<Record<PipelineProvider, string>> = {
  github: 'https://github.example.com/_services/token',
  gitlab: 'https://gitlab.example.com',
  bitbucket: 'https://api.bitbucket.org/2.0/workspaces/<workspace>/pipelines-config/identity/oidc',
};
