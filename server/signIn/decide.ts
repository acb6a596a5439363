import type { SignInProblem } from '../../contract/signInProblems.ts';
import type { Person } from './personOf.ts';

/** What the person came back to. */
export type Begun = {
  /** Adds the identity to the account of who began; `viewerId` is who is signed in now. */
  link: { userId: string; viewerId: string | null } | null;
  /** `gone`: there was one, and it is no longer good. */
  invitation: { email: string | null } | 'gone' | null;
};

/** What is known here of the person. */
export type Known = {
  /** Whose identity it is. */
  account: { userId: string; email: string; isMember: boolean } | null;
  /** Another account with the person's e-mail, and whether it is in no team but, at most, the provider's. */
  namesake: { userId: string; onlyHere: boolean } | null;
};

export type Decision =
  | { act: 'link'; userId: string }
  | { act: 'enter'; userId: string }
  /** Becomes a member by the invitation, with the account that is there. */
  | { act: 'join'; userId: string }
  /** Gets the identity added to the account with this e-mail, and becomes a member where they aren’t. */
  | { act: 'adopt'; userId: string }
  /** A new account, made for this e-mail. */
  | { act: 'create'; by: 'invitation' | 'domain'; email: string }
  | { act: 'refuse'; problem: SignInProblem };

const refuse = (problem: SignInProblem): Decision => ({ act: 'refuse', problem });

/**
 * Who gets in, and as whom. Accounts are known by issuer and subject. An e-mail alone never leads into an account that is
 * there: whoever can get a provider to state an address would own it.
 */
export function decide(
  person: Pick<Person, 'email' | 'emailVerified'>,
  known: Known,
  begun: Begun,
  admittedDomains: readonly string[],
): Decision {
  const { account } = known;
  if (begun.link) return decideLink(begun.link, account);
  const { invitation } = begun;
  if (account?.isMember === true) return { act: 'enter', userId: account.userId };
  if (invitation === 'gone') return refuse('invitation_invalid');
  if (account) {
    // No domain lets somebody back in: an admin may have removed them.
    if (invitation === null) return refuse('not_member');
    if (!isFor(invitation, account.email)) return refuse('invitation_for_another');
    return { act: 'join', userId: account.userId };
  }
  const { email } = person;
  if (email === null) return refuse('email_missing');
  if (!person.emailVerified) return refuse('email_unverified');
  if (known.namesake) return decideNamesake(known.namesake, invitation, email);
  if (invitation) {
    return isFor(invitation, email)
      ? { act: 'create', by: 'invitation', email }
      : refuse('invitation_for_another');
  }
  return isAdmitted(email, admittedDomains) ? { act: 'create', by: 'domain', email } : refuse('not_admitted');
}

/**
 * An invitation made for just this address leads into the account that has it: an admin named the address, the provider that
 * they chose says whose it is. No further than a password link of theirs would: for who is in no other team.
 */
function decideNamesake(
  { userId, onlyHere }: NonNullable<Known['namesake']>,
  invitation: { email: string | null } | null,
  email: string,
): Decision {
  return invitation?.email === email && onlyHere ? { act: 'adopt', userId } : refuse('email_taken');
}

function decideLink(link: NonNullable<Begun['link']>, account: Known['account']): Decision {
  if (link.viewerId !== link.userId) return refuse('another_account');
  if (account && account.userId !== link.userId) return refuse('identity_taken');
  return { act: 'link', userId: link.userId };
}

const isFor = (invitation: { email: string | null }, email: string): boolean =>
  invitation.email === null || invitation.email === email;

/** The domain itself: what is below it may be somebody else's. */
const isAdmitted = (email: string, domains: readonly string[]): boolean =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1));
