import { OwnTokensPanel } from '../apiTokens/OwnTokensPanel.tsx';
import { FormSection } from '../ui/form/FormSection.tsx';
import { Page } from '../ui/Page.tsx';
import { BrowsersPanel } from './BrowsersPanel.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { ThemeChoice } from './ThemeChoice.tsx';

/** One’s own name, password, browsers, API tokens and theme. */
export const AccountPage = () => (
  <Page title="Account">
    <FormSection title="Profile" purpose="What the other members see.">
      <ProfileForm />
    </FormSection>
    <FormSection title="Theme" purpose="Kept in this browser.">
      <ThemeChoice />
    </FormSection>
    <FormSection title="Password" purpose="Changing it signs you out everywhere else.">
      <PasswordForm />
    </FormSection>
    <FormSection title="Browsers" purpose="Where you are signed in.">
      <BrowsersPanel />
    </FormSection>
    <FormSection title="API tokens" purpose="Terminals and scripts that act as you.">
      <OwnTokensPanel />
    </FormSection>
  </Page>
);
