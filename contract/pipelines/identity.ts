import { z } from 'zod';
import { accept, refuse, type Result } from '../result.ts';

/** Whose identity tokens an issuer's are read as. */
export const pipelineProviders = ['github', 'gitlab', 'bitbucket'] as const;
export type PipelineProvider = (typeof pipelineProviders)[number];

/** An owner or repository. The id never changes and is never given to another; the name is a label. */
export type Named = { id: string; name: string };

/** What a pipeline's identity token says, in the same words for all providers. */
export type PipelineIdentity = {
  issuer: string;
  provider: PipelineProvider;
  /** GitHub's owner, GitLab's direct namespace (not its subgroups), Bitbucket's workspace. */
  owner: Named;
  repository: Named;
  /** GitHub's `event_name`, GitLab's `pipeline_source`; null where the provider doesn't say. */
  event: string | null;
  /** A branch by its name, all else in full: `main`, `refs/tags/v1.2`, `refs/pull/12/merge`; null where the provider doesn't say. */
  ref: string | null;
  environment: string | null;
  /** Whether only few may push to the ref; null where the provider doesn't say. */
  isProtected: boolean | null;
  /** Why it may run what somebody from outside wrote; null where the provider rules that out. */
  outside: 'fork' | 'event' | null;
};

const text = z.string().min(1);
/** Ids come as text, from some versions of the providers as numbers. */
const id = z.union([text, z.int().nonnegative().transform(String)]);
const optional = z.string().nullish();

const GitHubClaims = z.object({
  repository: text,
  repository_id: id,
  repository_owner: text,
  repository_owner_id: id,
  event_name: text,
  ref: optional,
  environment: optional,
});

const GitLabClaims = z.object({
  project_id: id,
  project_path: text,
  namespace_id: id,
  namespace_path: text,
  pipeline_source: text,
  ref: optional,
  ref_type: optional,
  ref_protected: z.union([z.boolean(), z.enum(['true', 'false']).transform((it) => it === 'true')]),
  environment: optional,
  job_project_id: id.nullish(),
});

const BitbucketClaims = z.object({
  workspaceUuid: text,
  repositoryUuid: text,
  branchName: optional,
  deploymentEnvironmentUuid: optional,
});

/**
 * A ref as rules have it. A bare name is a branch, so that a tag, which others may push, is never taken for the branch of its name;
 * a branch whose own name looks like another ref keeps its prefix.
 */
export function refOf(full: string): string {
  const branch = /^refs\/heads\/(?!refs\/)(.+)$/s.exec(full)?.[1];
  return branch ?? full;
}

/** GitLab says the name, and apart from it what it is the name of. */
function gitlabRef(name: string | null | undefined, type: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  if (type === 'tag') return `refs/tags/${name}`;
  return type === 'branch' ? refOf(`refs/heads/${name}`) : null;
}

/**
 * Events that run with the rights of the repository on what somebody without any in it caused.
 * Source: GitHub, “Events that trigger workflows”.
 */
const eventsOfOthers: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

/**
 * GitLab's sources whose code may be a fork's: pipelines of merge requests, of other services' pull requests, and those that any
 * of them started.
 */
const sourcesOfForks: ReadonlySet<string> = new Set([
  'merge_request_event',
  'external_pull_request_event',
  'parent_pipeline',
]);

/** Only from 18.4 on GitLab's tokens say where the job ran; before, one of a fork could name the parent. */
function ranElsewhere({
  job_project_id,
  project_id,
  pipeline_source,
}: z.infer<typeof GitLabClaims>): boolean {
  if (job_project_id === null || job_project_id === undefined) return sourcesOfForks.has(pipeline_source);
  return job_project_id !== project_id;
}

/**
 * Reads the claims of a token that has been verified. `sub` is never looked at: its form changed at GitHub in 2026, and names in
 * it can be taken over.
 */
export function readIdentity(
  provider: PipelineProvider,
  issuer: string,
  claims: unknown,
): Result<PipelineIdentity> {
  const read = readers[provider](claims);
  if (read.ok) return accept({ issuer, provider, ...read.value });
  const message = `The token has no usable “${read.claim}”, which ${providerNames[provider]} puts into each. Is the issuer set to the right provider?`;
  return refuse({ code: 'missing_claim', message, part: read.claim });
}

export const providerNames: Readonly<Record<PipelineProvider, string>> = {
  github: 'GitHub Actions',
  gitlab: 'GitLab CI',
  bitbucket: 'Bitbucket Pipelines',
};

type Read = Omit<PipelineIdentity, 'issuer' | 'provider'>;
type Reader = (claims: unknown) => { ok: true; value: Read } | { ok: false; claim: string };

/** A reader of claims of this shape. */
const reader =
  <Claims>(shape: z.ZodType<Claims>, toIdentity: (claims: Claims) => Read): Reader =>
  (claims) => {
    const parsed = shape.safeParse(claims);
    if (parsed.success) return { ok: true, value: toIdentity(parsed.data) };
    return { ok: false, claim: String(parsed.error.issues[0]?.path[0] ?? 'claims') };
  };

const readers: Readonly<Record<PipelineProvider, Reader>> = {
  github: reader(GitHubClaims, (claims) => ({
    owner: { id: claims.repository_owner_id, name: claims.repository_owner },
    repository: { id: claims.repository_id, name: claims.repository },
    event: claims.event_name,
    ref: claims.ref === null || claims.ref === undefined ? null : refOf(claims.ref),
    environment: claims.environment ?? null,
    isProtected: null,
    outside: eventsOfOthers.has(claims.event_name) ? 'event' : null,
  })),
  gitlab: reader(GitLabClaims, (claims) => ({
    owner: { id: claims.namespace_id, name: claims.namespace_path },
    repository: { id: claims.project_id, name: claims.project_path },
    event: claims.pipeline_source,
    ref: gitlabRef(claims.ref, claims.ref_type),
    environment: claims.environment ?? null,
    isProtected: claims.ref_protected,
    outside: ranElsewhere(claims) ? 'fork' : null,
  })),
  bitbucket: reader(BitbucketClaims, (claims) => ({
    // It names neither; the ids in braces are all there is.
    owner: { id: claims.workspaceUuid, name: claims.workspaceUuid },
    repository: { id: claims.repositoryUuid, name: claims.repositoryUuid },
    event: null,
    ref: claims.branchName ? refOf(`refs/heads/${claims.branchName}`) : null,
    environment: claims.deploymentEnvironmentUuid ?? null,
    isProtected: null,
    outside: null,
  })),
};
