/**
 * Why somebody who came back from a provider isn’t signed in: as `/sign-in?problem=` and `/account?problem=` have it, and as
 * problem code of what is refused before.
 */
export const signInProblems = [
  /** Nothing was begun in this browser, it took longer than ten minutes, or the answer isn’t the one to what was asked. */
  'start_again',
  'cancelled',
  /** The provider refused for a reason of its own, or its answer can’t be right. */
  'provider_refused',
  'provider_unreachable',
  /** The client id or secret isn’t what the provider knows. */
  'client_refused',
  'provider_off',
  'email_missing',
  'email_unverified',
  /** The account with this e-mail is somebody’s who signs in otherwise. */
  'email_taken',
  'not_admitted',
  /** The account is known, and not a member of the provider’s team. */
  'not_member',
  'invitation_invalid',
  'invitation_for_another',
  /** The identity belongs to another account. */
  'identity_taken',
  /** Whoever began to link isn’t who is signed in now. */
  'another_account',
] as const;

export type SignInProblem = (typeof signInProblems)[number];
