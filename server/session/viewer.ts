/** Who asks, and by which credential. Ids are those of the `user` and `token` tables. */
export type Viewer = {
  userId: string;
  name: string;
  email: string;
  via: SessionCredential | ApiTokenCredential;
};

export type SessionCredential = { kind: 'session'; tokenId: string; expiresAt: string };

/** An API token reaches one team only, with its owner’s role at the time of the request. */
export type ApiTokenCredential = { kind: 'api-token'; tokenId: string; tokenName: string; teamId: string };
