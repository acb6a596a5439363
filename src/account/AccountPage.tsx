import { OwnTokensPanel } from '../apiTokens/OwnTokensPanel.tsx';
import { LinkOutcome } from '../signIn/LinkOutcome.tsx';
import { OwnSignIn } from '../signIn/OwnSignIn.tsx';
import { PasswordState } from '../signIn/PasswordState.tsx';
import { OwnSecrets } from '../secrets/OwnSecrets.tsx';
import { BrowsersPanel } from '../session/BrowsersPanel.tsx';
import { PasswordForm } from '../session/PasswordForm.tsx';
import { ProfileForm } from '../session/ProfileForm.tsx';
import { ThemeChoice } from '../session/ThemeChoice.tsx';
import { useSession } from '../session/viewer.ts';
import { FormSection } from '../ui/form/FormSection.tsx';
import { Page } from '../ui/Page.tsx';

/** One’s own name, password, browsers, API tokens, secrets and theme. */
export const AccountPage = () => (
  <Page title="Account">
    <LinkOutcome />
    <FormSection title="Profile" purpose="What the other members see.">
      <ProfileForm />
    </FormSection>
    <FormSection title="Theme" purpose="Kept in this browser.">
      <ThemeChoice />
    </FormSection>
    <FormSection title="Password" purpose="Changing it signs you out everywhere else.">
      <PasswordState>
        <PasswordForm />
      </PasswordState>
    </FormSection>
    <FormSection title="Company sign-in" purpose="Providers of your teams that you sign in with.">
      <OwnSignIn />
    </FormSection>
    <FormSection title="Browsers" purpose="Where you are signed in.">
      <BrowsersPanel />
    </FormSection>
    <FormSection title="API tokens" purpose="Terminals and scripts that act as you.">
      <OwnTokensPanel />
    </FormSection>
    <FormSection title="Secrets" purpose="For the replicas of your own workspaces. Only you see them.">
      <Own />
    </FormSection>
  </Page>
);

function Own() {
  const { user, teams } = useSession();
  return <OwnSecrets viewerId={user.id} teams={teams} />;
}
