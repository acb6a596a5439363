import type { SignInProblem } from '../../contract/signInProblems.ts';

const sentences: Readonly<Record<SignInProblem, string>> = {
  start_again:
    'That sign-in took too long, or wasn’t begun in this browser. Nothing happened; please begin again.',
  cancelled: 'You cancelled at the provider. Nothing happened.',
  provider_refused:
    'The provider refused, or its answer can’t be right. Begin again; if it stays so, ask an admin of your team, who finds the reason in the server’s log.',
  provider_unreachable:
    'The provider can’t be reached by this server right now. Try again later, or sign in by password if you have one.',
  client_refused:
    'The provider doesn’t accept this server’s client id or secret any more. Ask an admin of your team to renew it in Settings, Sign-in.',
  provider_off: 'Signing in this way has been turned off. Ask an admin of your team.',
  email_missing:
    'The provider didn’t say your email address, which an account needs. Ask an admin of your team: the scope “email” may be missing.',
  email_unverified:
    'The provider doesn’t say that your email address is verified. Verify it there, then begin again.',
  email_taken:
    'There is an account with this email already. Sign in as you did until now, then link the provider on your account page. If your team has turned passwords off, ask an admin for an invitation to this email.',
  not_admitted:
    'There is no account of yours, and your email’s domain isn’t admitted. Ask an admin of the team for an invitation.',
  not_member: 'You aren’t a member of that team any more. Ask one of its admins for an invitation.',
  invitation_invalid: 'The invitation has been used, has expired or was withdrawn. Ask for a new one.',
  invitation_for_another:
    'The invitation was made for another email address than the provider says is yours. Ask for one for that address.',
  identity_taken: 'Another account here is linked with that person at the provider. Nothing was linked.',
  another_account: 'Somebody else is signed in here now than who began. Nothing was linked.',
};

const isProblem = (code: string): code is SignInProblem => Object.hasOwn(sentences, code);

/** The sentence for a code in the address; anybody may have put it there, so one that isn’t known says nothing. */
export const problemSentence = (code: string | undefined): string | undefined =>
  code !== undefined && isProblem(code) ? sentences[code] : undefined;
