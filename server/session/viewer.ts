import type { PipelineScope } from '../../contract/pipelines/pipelines.ts';

/** Who asks, and by which credential. Ids are those of the `user` and `token` tables. */
export type Viewer = {
  userId: string;
  name: string;
  email: string;
  via: SessionCredential | ApiTokenCredential | PipelineCredential;
};

export type SessionCredential = { kind: 'session'; tokenId: string; expiresAt: string };

/** An API token reaches one team only, with its owner’s role at the time of the request. */
export type ApiTokenCredential = { kind: 'api-token'; tokenId: string; tokenName: string; teamId: string };

/**
 * What a pipeline got for its identity token: it reaches the previews of one team, and never more than who made the rule may do
 * now. `userId` is theirs.
 */
export type PipelineCredential = {
  kind: 'pipeline';
  tokenId: string;
  teamId: string;
  /** The rule that let it in. */
  trustRuleId: string;
  issuedAt: string;
  scope: PipelineScope;
};
