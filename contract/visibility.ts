/** Who may reach a forwarded port. private: the workspace’s owner · organization: members of the team · public: anyone. */
export const visibilities = ['private', 'organization', 'public'] as const;
export type Visibility = (typeof visibilities)[number];

/** Which levels a team allows besides `private`, which can’t be forbidden. */
export type PortPolicy = { organization: boolean; public: boolean };

const rank: Readonly<Record<Visibility, number>> = { private: 0, organization: 1, public: 2 };

/** Whether `a` lets in more people than `b`. */
export const opensMore = (a: Visibility, b: Visibility): boolean => rank[a] > rank[b];

/** For sorting: most exposed first. */
export const byExposure = (a: Visibility, b: Visibility): number => rank[b] - rank[a];

export const policyAllows = (policy: PortPolicy, visibility: Visibility): boolean =>
  visibility === 'private' || policy[visibility];

/** What a stored level counts as under a policy: a level that the team forbids lets in nobody but the owner. */
export const effectiveVisibility = (visibility: Visibility, policy: PortPolicy): Visibility =>
  policyAllows(policy, visibility) ? visibility : 'private';
