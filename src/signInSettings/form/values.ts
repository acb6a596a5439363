import type { SignInProvider, SignInProviderSave } from '../../../contract/signInProviders.ts';

/** The settings as their form has them: what may be left out is an empty text. */
export type ProviderValues = {
  name: string;
  issuer: string;
  clientId: string;
  /** Empty: the one that is stored stays. */
  clientSecret: string;
  scopes: string;
  admittedDomains: string[];
  role: 'admin' | 'member';
  groupsClaim: string;
  adminGroups: string[];
  enabled: boolean;
  passwordSignIn: boolean;
  localAdmin: string;
};

/** What a new provider starts from. */
export const newProvider: ProviderValues = {
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  scopes: 'openid email profile',
  admittedDomains: [],
  role: 'member',
  groupsClaim: '',
  adminGroups: [],
  enabled: true,
  passwordSignIn: true,
  localAdmin: '',
};

export const toValues = (provider: SignInProvider): ProviderValues => ({
  name: provider.name,
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: '',
  scopes: provider.scopes,
  admittedDomains: provider.admittedDomains,
  role: provider.role,
  groupsClaim: provider.groupsClaim ?? '',
  adminGroups: provider.adminGroups,
  enabled: provider.enabled,
  passwordSignIn: provider.passwordSignIn,
  localAdmin: provider.localAdmin ?? '',
});

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

export const toSave = ({
  clientSecret,
  groupsClaim,
  localAdmin,
  ...values
}: ProviderValues): SignInProviderSave => ({
  ...values,
  ...(clientSecret === '' ? {} : { clientSecret }),
  groupsClaim: orNull(groupsClaim),
  localAdmin: orNull(localAdmin),
});
