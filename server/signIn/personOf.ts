import { displayName, emailAddress } from '../../contract/team.ts';

/** Somebody as a provider says who they are. */
export type Person = {
  issuer: string;
  subject: string;
  /** Lower case; null: the provider said none. */
  email: string | null;
  /** Whether the provider says, together with the address, that it is theirs. */
  emailVerified: boolean;
  name: string;
  /** null: nothing was said of groups. */
  groups: string[] | null;
};

type Claims = Readonly<Record<string, unknown>>;

/** Whether the id token leaves out what is used, so that the provider's userinfo endpoint has to be asked. */
export const needsUserInfo = (claims: Claims, groupsClaim: string | null): boolean =>
  claims['email'] === undefined ||
  claims['name'] === undefined ||
  (groupsClaim !== null && claims[groupsClaim] === undefined);

/**
 * Puts the id token and the userinfo answer together. Whether an address is verified counts only where it stands beside that
 * address: another document may speak of another one. Left out isn't verified.
 */
export function personOf(claims: Claims, userInfo: Claims | null, groupsClaim: string | null): Person {
  const documents = userInfo === null ? [claims] : [claims, userInfo];
  const withEmail = documents.find((document) => typeof document['email'] === 'string');
  const email = emailAddress.safeParse(withEmail?.['email']);
  return {
    issuer: String(claims['iss']),
    subject: String(claims['sub']),
    email: email.success ? email.data : null,
    emailVerified: email.success && withEmail !== undefined && isVerified(withEmail, claims['iss']),
    name: nameOf(documents, email.success ? email.data : null),
    groups: groupsClaim === null ? null : groupsOf(documents, groupsClaim),
  };
}

/**
 * Entra ID has a claim of its own for it, an optional one: that the owner of the address’s domain is the tenant. It comes as a
 * boolean or as text.
 */
function isVerified(document: Claims, issuer: unknown): boolean {
  if (document['email_verified'] === true) return true;
  const atEntra = typeof issuer === 'string' && issuer.startsWith('https://login.microsoftonline.com/');
  return atEntra && [true, 1, '1', 'true'].some((yes) => document['xms_edov'] === yes);
}

function nameOf(documents: readonly Claims[], email: string | null): string {
  const said = documents.flatMap((document) => [document['name'], document['preferred_username']]);
  for (const text of [...said, email?.split('@')[0]]) {
    const name = displayName.safeParse(typeof text === 'string' ? text.trim().slice(0, 80) : undefined);
    if (name.success) return name.data;
  }
  return 'Somebody';
}

/** A single group may come as text. Anything but text says nothing that could be compared. */
function groupsOf(documents: readonly Claims[], claim: string): string[] | null {
  for (const document of documents) {
    const said = document[claim];
    if (typeof said === 'string') return [said];
    if (Array.isArray(said)) return said.filter((group) => typeof group === 'string');
  }
  return null;
}
