import type { SignInProvider } from '../../contract/signInProviders.ts';
import { Notice } from '../ui/Notice.tsx';
import { Mono } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';

/** Sign-ins that bring no groups change no role: somebody has to know. */
export const GroupsMissingNotice = ({ provider }: { provider: SignInProvider }) =>
  provider.groupsMissingSince !== null &&
  provider.groupsClaim !== null && (
    <Notice state="warning">
      Sign-ins bring no <Mono>{provider.groupsClaim}</Mono> since{' '}
      <RelativeTime at={provider.groupsMissingSince} />, so roles stay as they are. Let {provider.name} put
      the claim into the id token; Entra ID leaves it out for people in more than 200 groups.
    </Notice>
  );
